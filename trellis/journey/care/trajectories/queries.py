"""What a picture is drawn from. Each question starts from one client and is one statement."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

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
#: a stay, its first day, and one of its forms
PastForm = tuple[int, date, Finished]


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


def past_forms(instruments: Collection[str]) -> Mapping[str, Sequence[PastForm]]:
    """Of the stays that ended last: stay, its first day and the form, by instrument; one statement.

    A form belongs to the stay in which it was asked. Nobody's name is asked for.
    """
    return _forms(Q(administration__episode__in=_ended(), administration__instrument__in=list(instruments)))[1]


def forms_since(client: Client, day: date) -> tuple[dict[str, list[Finished]], dict[str, list[PastForm]]]:
    """A client's finished forms from a day on, by instrument in the order of their first use; and beside them those of
    the stays that ended last, as `past_forms` gives them. One statement for both.
    """
    own = Q(administration__client=client, administration__on__gte=day)
    return _forms(own | Q(administration__episode__in=_ended()), client)


def _ended() -> "QuerySet[Any]":
    return Episode.objects.exclude(status=OPEN).order_by("-closed_on", "-pk").values("pk")[:NEWEST_STAYS]


def _forms(which: Q, own: Client | None = None) -> tuple[dict[str, list[Finished]], dict[str, list[PastForm]]]:
    columns = (
        "administration__client_id", "administration__instrument", "administration__episode_id",
        "administration__episode__opened_on", "administration__episode__status", "administration__on", "status",
        "total", "subscores", "severity", "flags",
    )  # fmt: skip
    mine: dict[str, list[Finished]] = defaultdict(list)
    past: dict[str, list[PastForm]] = defaultdict(list)
    rows = Outcome.objects.filter(which).order_by("administration__on", "pk").values_list(*columns)
    for client, instrument, stay, began, standing, on, status, total, subscores, severity, flags in rows:
        form = Finished(on, status, total, subscores, severity, tuple(flags))
        if own is not None and client == own.pk:
            mine[instrument].append(form)
        elif began is not None and standing != OPEN:
            past[instrument].append((stay, began, form))
    return dict(mine), dict(past)


def usual_here(forms: Sequence[PastForm], scale: Scale, at_least: int) -> Usual:
    """The band of one scale; no statement."""
    return usual(
        (Past(stay, (form.on - began).days, one.value) for stay, began, form in forms for one in values([form], scale)),
        at_least,
    )
