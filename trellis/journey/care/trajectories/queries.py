"""What a picture is drawn from. Each question starts from one client and is one statement."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from trellis.foundation.program import queries as program
from trellis.foundation.program.rules import week_of
from trellis.journey.care.trajectories.rules import Finished, Scale, values
from trellis.journey.care.trajectories.usual import Past, Usual, usual
from trellis.journey.measures.models import Outcome
from trellis.journey.schedule.models import Attendance
from trellis.journey.schedule.states import SEATED
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.states import OPEN

#: what is usual here is drawn from so many stays, those that ended last: a program changes
NEWEST_STAYS = 300


def instruments_of(client: Client) -> list[str]:
    """Those with a finished form, in the order in which they first were; one statement."""
    rows = Outcome.objects.filter(administration__client=client).order_by("administration__on", "pk")
    return list(dict.fromkeys(rows.values_list("administration__instrument", flat=True)))


def finished(client: Client, instrument: str) -> list[Finished]:
    """Oldest first; one statement."""
    rows = Outcome.objects.filter(administration__client=client, administration__instrument=instrument)
    columns = ("administration__on", "status", "total", "subscores", "severity", "flags")
    return [
        Finished(on, status, total, subscores, severity, tuple(flags))
        for on, status, total, subscores, severity, flags in rows.order_by("administration__on", "pk").values_list(
            *columns
        )
    ]


def came(client: Client) -> dict[date, int]:
    """How many sessions they sat in, by the first day of the program week; one statement."""
    rows = Attendance.objects.filter(client=client).order_by("pk")
    newest = {
        session: (state, undo, starts)
        for session, starts, state, undo in rows.values_list("session_id", "session__starts_at", "state", "undo__id")
    }
    about = program.current().program
    weeks = (
        week_of(starts, about.zone, about.week_start).start
        for state, undo, starts in newest.values()
        if undo is None and state in SEATED
    )
    return dict(sorted(Counter(weeks).items()))


def stays(client: Client) -> list[Episode]:
    """One statement."""
    return list(Episode.objects.filter(client=client).order_by("opened_on"))


def past_forms(instruments: Collection[str]) -> Mapping[str, Sequence[tuple[int, date, Finished]]]:
    """Of the stays that ended last: stay, its first day and the form, by instrument; one statement.

    A form belongs to the stay in which it was asked. Nobody's name is asked for.
    """
    ended = Episode.objects.exclude(status=OPEN).order_by("-closed_on", "-pk").values("pk")[:NEWEST_STAYS]
    rows = Outcome.objects.filter(
        administration__episode__in=ended, administration__instrument__in=list(instruments)
    ).values_list(
        "administration__instrument", "administration__episode_id", "administration__episode__opened_on",
        "administration__on", "total", "subscores",
    )  # fmt: skip
    found: dict[str, list[tuple[int, date, Finished]]] = defaultdict(list)
    for instrument, stay, began, on, total, subscores in rows.order_by():
        found[instrument].append((stay, began, Finished(on, "", total, subscores, "")))
    return found


def usual_here(forms: Sequence[tuple[int, date, Finished]], scale: Scale, at_least: int) -> Usual:
    """The band of one scale; no statement."""
    return usual(
        (Past(stay, (form.on - began).days, one.value) for stay, began, form in forms for one in values([form], scale)),
        at_least,
    )


def finished_since(client: Client, day: date) -> dict[str, list[Finished]]:
    """Every finished form from a day on, by instrument in the order in which they were first used; one statement."""
    columns = ("administration__instrument", "administration__on", "status", "total", "subscores", "severity", "flags")
    rows = Outcome.objects.filter(administration__client=client, administration__on__gte=day)
    found: dict[str, list[Finished]] = defaultdict(list)
    for instrument, on, status, total, subscores, severity, flags in rows.order_by(
        "administration__on", "pk"
    ).values_list(*columns):
        found[instrument].append(Finished(on, status, total, subscores, severity, tuple(flags)))
    return dict(found)
