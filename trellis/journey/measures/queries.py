"""What can be asked about forms: each question starts from one client, with a fixed number of statements."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from trellis.foundation.program import queries as program
from trellis.journey.measures.blueprint import measures, week_start
from trellis.journey.measures.library import form
from trellis.journey.measures.models import Administration, Answer, Outcome, SafetyAlert
from trellis.journey.measures.rules import rhythm
from trellis.journey.measures.rules.forms import Form
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.queries import open_episode


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


#: (client, today) → since when something is asked of somebody whose stay is over; None: nothing is
AfterStay = Callable[[Client, date], date | None]
_after_stay: list[AfterStay] = []


def ask_after_stay(since: AfterStay) -> None:
    """Taught at start by the room that follows people up."""
    _after_stay.append(since)


def due(client: Client, today: date) -> list[Asked]:
    """What the program asks of this client today, with what was begun for it; three statements of our own."""
    episode = open_episode(client)
    listed = waiting(client, episode, today) if episode else waiting_after(client, today)
    begun = _begun(client, today) if listed else {}
    return [
        Asked(form(one.instrument), one, _to_go_on(begun.get(one.instrument, ()), one.since, today)) for one in listed
    ]


def waiting(client: Client, episode: Episode, today: date) -> list[rhythm.Due]:
    """The same in short; one statement of our own."""
    blueprint = program.current()
    done = _finished(client, episode.opened_on)
    return rhythm.due(measures(blueprint).by_occasion, episode.opened_on, today, week_start(blueprint), done)


def waiting_after(client: Client, today: date) -> list[rhythm.Due]:
    """What a follow-up asks of somebody whose stay is over."""
    first = next((day for ask in _after_stay if (day := ask(client, today)) is not None), None)
    if first is None:
        return []
    asked = measures().by_occasion[rhythm.FOLLOW_UP]
    return rhythm.due_once(asked, rhythm.FOLLOW_UP, first, _finished(client, first))


def since(occasion: str, client: Client, today: date) -> date:
    """The first day from which a form begun for this occasion is gone on with."""
    episode = open_episode(client)
    first = rhythm.began(occasion, episode.opened_on, today, week_start(program.current())) if episode else None
    return first or today - rhythm.LAPSES + timedelta(days=1)


def resumable(client: Client, same: Mapping[str, str], first: date, last: date) -> Administration | None:
    """A form of the same instrument, way and language that was begun and answers what is asked now."""
    rows = _open(client).filter(**same, on__gte=first, on__lte=last)
    return next((row for row in rows if rhythm.goes_on(row.on, first, last)), None)


def administrations() -> "QuerySet[Administration]":
    return Administration.objects.select_related("client", "episode", "outcome")


def given(administration: Administration) -> Given:
    """Three statements."""
    outcome = Outcome.objects.filter(administration=administration).first()
    alerts = SafetyAlert.objects.filter(administration=administration).values_list("flags", flat=True)
    return Given(
        administration=administration,
        form=form(administration.instrument),
        answers=answers_of(administration),
        outcome=outcome,
        flags=frozenset(flag for flags in alerts for flag in flags),
    )


def answers_of(administration: Administration) -> dict[str, int]:
    """The newest answer of each question; one that was taken back is none. One statement."""
    newest = dict(Answer.objects.filter(administration=administration).order_by("id").values_list("item", "value"))
    return {item: value for item, value in newest.items() if value is not None}


def finished(client: Client) -> "QuerySet[Administration]":
    """Finished forms, the newest first; one statement."""
    return administrations().filter(client=client, outcome__isnull=False).order_by("-on", "-id")


def last_of_each(client: Client) -> list[Administration]:
    """The newest finished form of each instrument, the newest first; one statement."""
    newest: dict[str, Administration] = {}
    for row in finished(client):
        newest.setdefault(row.instrument, row)
    return list(newest.values())


def _finished(client: Client, first: date) -> dict[str, date]:
    rows = Administration.objects.filter(client=client, on__gte=first, outcome__isnull=False)
    return dict(rows.order_by().values_list("instrument").annotate(Max("on")))


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
