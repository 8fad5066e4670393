"""What a client takes along about the time after their stay."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.journey.continuity.aftercare import presenters, queries, rules, words
from trellis.journey.continuity.models import FollowUpDone
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, day, instant, number, several, text, yes_no


def plans(client: Client) -> Iterable[Entry]:
    """Every version; one statement."""
    for row in reversed(queries.plans_of(client)):
        kept = queries.words_of(row)
        people = [", ".join(filter(None, pair)) for pair in kept["people"]]
        yield (
            number("number", _("Version"), row.number),
            instant("at", _("When"), row.at),
            text("beside", _("Written with"), row.with_staff.chosen_name if row.with_staff else ""),
            several("people", words.PEOPLE, people, "; ".join(people)),
            *(
                several(key, title, kept.get(key, []), "; ".join(kept.get(key, [])))
                for key, title in words.PARTS.items()
            ),
        )


def agreements(client: Client) -> Iterable[Entry]:
    """One statement."""
    for row in reversed(queries.agreements_of(client)):
        yield (
            instant("at", _("When"), row.at),
            yes_no("yes", _("We may be in touch after your stay"), row.yes),
            text("ways", _("How"), presenters.agreement_words(row)),
            text("safely", _("When and how it is safe to reach you"), presenters.safely(row)),
            text("how", _("How you said it"), row.how, row.get_how_display()),
        )


def follow_ups(client: Client) -> Iterable[Entry]:
    """One statement."""
    for row in FollowUpDone.objects.filter(client=client).order_by("id"):
        said = queries.answers_of(row)
        shown = "; ".join(
            f"{words.QUESTIONS[key]} {words.ANSWERS[said[key]]}" for key in rules.QUESTIONS if key in said
        )
        yield (
            day("on", _("When"), row.on),
            number("day", _("Days after your stay"), row.day),
            text("how", _("How"), row.how, row.get_how_display()),
            text("outcome", _("What came of it"), row.outcome, row.get_outcome_display()),
            several(
                "answers",
                _("What you answered"),
                [f"{key}={said[key]}" for key in rules.QUESTIONS if key in said],
                shown,
            ),
            text("note", _("What we wrote down"), said.get("note", "")),
        )
