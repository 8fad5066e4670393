"""What can be asked about forms: each question starts from one client, with a fixed number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Max, Min, QuerySet

from trellis.foundation.program import queries as program
from trellis.foundation.program.schema import Blueprint
from trellis.journey.measures import turns
from trellis.journey.measures.blueprint import measures, week_start
from trellis.journey.measures.library import form, instruments
from trellis.journey.measures.models import Administration, AlertStep, Answer, Outcome, SafetyAlert
from trellis.journey.measures.rules import rhythm
from trellis.journey.measures.rules.forms import Form
from trellis.journey.measures.rules.limits import ITEM, SEX, differs_by_sex, without_the_limit
from trellis.journey.measures.rules.safety import safety_items
from trellis.people.clients.models import Client, Episode
from trellis.people.consent.deaths import the_dead

#: before they came to us, of what a paper may still tell
LONG_BEFORE = timedelta(days=365)


@dataclass(frozen=True)
class Asked:
    """One instrument that is due, and the form that was begun for it, if any: it is gone on with."""

    form: Form
    due: rhythm.Due
    begun: Administration | None


@dataclass(frozen=True)
class Given:
    """A form as it was given: each answer as it stands now, what it came to, and what did not wait."""

    administration: Administration
    form: Form
    answers: Mapping[str, int]
    outcome: Outcome | None
    flags: frozenset[str]


def due(client: Client, today: date) -> list[Asked]:
    """What the program asks of this client today, with what was begun for it; three statements of our own."""
    episode = asked_in(client)
    listed = waiting(client, episode, today) if episode else []
    begun = _begun(client, today) if listed else {}
    return [
        Asked(form(one.instrument), one, _to_go_on(begun.get(one.instrument, ()), one.since, today)) for one in listed
    ]


def waiting(client: Client, episode: Episode, today: date) -> list[rhythm.Due]:
    """The same in short; one statement of our own."""
    blueprint = program.current()
    done, stay = _known(client, episode, blueprint)
    return rhythm.due(measures(blueprint).by_occasion, stay, today, week_start(blueprint), done)


def asked_in(client: Client) -> Episode | None:
    """The stay that brings questions: the open one, or the last one; none after a death. One statement."""
    rows = Episode.objects.filter(client=client).exclude(client__in=the_dead())
    return rows.order_by(F("closed_on").desc(nulls_first=True), "-pk").first()


def _known(client: Client, episode: Episode, blueprint: Blueprint) -> tuple[dict[str, date], rhythm.Stay]:
    """The newest day of each instrument in this stay, and the days that other rooms know; one statement."""
    asked = _finished(client, episode.opened_on)
    days = {name: day for name, day in turns.beside(asked, client, episode, blueprint) if day is not None}
    said = {turn: days.pop(turns.MARK + turn, None) for turn in turns.TURNS}
    stay = rhythm.Stay(
        opened_on=episode.opened_on, stepped_on=said["step"], ends_on=said["last_day"], closed_on=episode.closed_on,
        follow_up=turns.follow_up_days(blueprint),
    )  # fmt: skip
    return days, stay


def since(occasion: str, client: Client, today: date) -> date:
    """The first day from which a form begun for this occasion is gone on with."""
    episode = asked_in(client)
    blueprint = program.current()
    stay = _known(client, episode, blueprint)[1] if episode else None
    first = rhythm.began(occasion, stay, today, week_start(blueprint)) if stay else None
    return first or today - rhythm.LAPSES + timedelta(days=1)


def resumable(
    client: Client, same: Mapping[str, Any], first: date, last: date, today: date
) -> Administration | None:  # fmt: skip
    """A form of the same instrument, way and language that was begun, is not over and answers what is asked now."""
    rows = _open(client).filter(**same, on__gte=first, on__lte=last)
    return next((row for row in rows if rhythm.goes_on(row.on, first, last) and not is_over(row, today)), None)


def is_over(administration: Administration, today: date) -> bool:
    """Nobody finished it in a week since it was begun, whichever day stands on the paper: it is begun anew."""
    return rhythm.is_over(administration.at.astimezone(program.zone()).date(), today)


def first_paper_day(client: Client) -> date:
    """A paper that they bring along may be older than the stay, by a year; never older than they are. One statement."""
    came = client.created_at.astimezone(program.zone()).date()
    opened = Episode.objects.filter(client=client).aggregate(first=Min("opened_on"))["first"]
    first = min(came, opened or came) - LONG_BEFORE
    return max(first, client.born_on or first)


def administrations() -> "QuerySet[Administration]":
    return Administration.objects.select_related("client", "episode", "outcome")


def given(administration: Administration) -> Given:
    """Three statements; one more where its limit differs by sex."""
    outcome = Outcome.objects.filter(administration=administration).first()
    raised = SafetyAlert.objects.filter(administration=administration).values_list("flags")
    joined = AlertStep.objects.filter(administration=administration).values_list("flags")
    answers = answers_of(administration)
    return Given(
        administration=administration,
        form=_form_with(administration, answers),
        answers=answers,
        outcome=outcome,
        flags=frozenset(flag for (flags,) in raised.union(joined, all=True) for flag in flags),
    )


def _form_with(administration: Administration, answers: Mapping[str, int]) -> Form:
    """Which limit fits is asked once: not again of whoever said it before."""
    asked = form(administration.instrument)
    if not differs_by_sex(instruments()[asked.key]) or ITEM in answers:
        return asked
    return asked if sex_said_before(administration.client) is None else without_the_limit(asked)


def sex_said_before(client: Client) -> str | None:
    """For limits that differ: what the client said last, in any form; one statement."""
    rows = Answer.objects.filter(administration__client=client, item=ITEM, value__in=SEX).order_by("-id")
    value = rows.values_list("value", flat=True).first()
    return None if value is None else SEX[value]


def answers_of(administration: Administration) -> dict[str, int]:
    """The newest answer of each question; one that was taken back is none. One statement."""
    newest = dict(Answer.objects.filter(administration=administration).order_by("id").values_list("item", "value"))
    return {item: value for item, value in newest.items() if value is not None}


def worry_said_at(administration: Administration) -> datetime | None:
    """When a question about safety was last answered with more than no, taken back later or not; one statement."""
    rows = Answer.objects.filter(
        administration=administration, item__in=safety_items(instruments()[administration.instrument]), value__gt=0
    )
    newest: datetime | None = rows.aggregate(newest=Max("at"))["newest"]
    return newest


def finished(client: Client) -> "QuerySet[Administration]":
    """Finished forms, the newest first; one statement."""
    return administrations().filter(client=client, outcome__isnull=False).order_by("-on", "-id")


def last_of_each(client: Client) -> list[Administration]:
    """The newest finished form of each instrument, the newest first; one statement."""
    newest: dict[str, Administration] = {}
    for row in finished(client):
        newest.setdefault(row.instrument, row)
    return list(newest.values())


def _finished(client: Client, first: date) -> "QuerySet[Any]":
    rows = Administration.objects.filter(client=client, on__gte=first, outcome__isnull=False)
    return rows.order_by().values_list("instrument").annotate(Max("on"))


def _open(client: Client) -> "QuerySet[Administration]":
    return Administration.objects.filter(client=client, outcome__isnull=True).order_by("-on", "-id")


def _begun(client: Client, today: date) -> dict[str, list[Administration]]:
    """Forms that somebody began on their own phone and did not finish."""
    rows = _open(client).filter(way=Administration.Way.PHONE, on__gt=today - rhythm.LAPSES)
    found: dict[str, list[Administration]] = {}
    for row in rows:
        found.setdefault(row.instrument, []).append(row)
    return found


def _to_go_on(begun: "list[Administration] | tuple[()]", first: date, today: date) -> Administration | None:
    return next((row for row in begun if rhythm.goes_on(row.on, first, today)), None)
