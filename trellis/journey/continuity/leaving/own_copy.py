"""What a client takes out of their own record about the end of a stay, the next place and letters."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.journey.continuity.leaving import presenters, queries
from trellis.journey.continuity.states import TRANSITION
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, day, instant, several, text


def discharge(client: Client) -> Iterable[Entry]:
    """Each end of a stay, and each summary that was signed; two statements."""
    for row in reversed(queries.discharges(client)):
        facts = list(presenters.discharge_facts(row))
        yield (
            day("closed_on", _("Last day"), row.episode.closed_on),
            text("kind", _("How it ended"), row.kind, str(row.get_kind_display())),
            several(
                "facts", _("What was written down"), [said for _label, said in facts[1:]],
                "; ".join(f"{label}: {said}" for label, said in facts[1:]),
            ),
        )  # fmt: skip
        for one in row.signed:  # type: ignore[attr-defined]
            card = presenters.signed_card(one)
            yield (
                instant("signed_at", _("Summary, signed"), one.at),
                text("signer", _("By whom"), ", ".join(filter(None, (one.signer, one.credential)))),
                text("why", _("Why it changes"), card.why),
                several(
                    "words", _("Its words"), [said for _label, said in card.parts],
                    "; ".join(f"{label}: {said}" for label, said in card.parts),
                ),
            )  # fmt: skip


def next_places(client: Client) -> Iterable[Entry]:
    """Two statements."""
    for plan in reversed(queries.plans_of(client)):
        card = presenters.plan_card(plan, queries.today())
        yield (
            instant("at", _("When"), plan.row.at),
            text("place", _("Name of the place"), plan.row.place),
            text("state", _("Where it stands"), plan.state, str(TRANSITION.status(plan.state).label)),
            instant("appointment_at", _("Appointment"), plan.appointment_at),
            text("note", _("What they should know, and who goes along"), card.note),
            several(
                "steps", _("What was done"), [one.title for one in card.steps],
                "; ".join(" – ".join(filter(None, (one.title, one.detail))) for one in card.steps),
            ),
        )  # fmt: skip


def letters(client: Client) -> Iterable[Entry]:
    """One statement. Why there is no letter stands here, though their page leaves it to a person to say: this is a copy
    of the record, and they have a right to all of it."""
    for row in reversed(queries.letters_of(client)):
        answer = getattr(row, "answer", None)
        yield (
            instant("at", _("When"), row.at),
            text("letter", _("What for"), f"{row.audience}/{row.kind}", presenters.letter_title(row)),
            text("asked_by", _("Who asked for it"), row.asked_by),
            day("due_on", _("Needed by"), row.due_on),
            text("answer", _("What came of it"), presenters.answer_words(answer) if answer else ""),
        )
