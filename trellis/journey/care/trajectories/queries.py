"""What a picture is drawn from. Each question starts from one client and is one statement."""

from collections import Counter
from datetime import date

from trellis.foundation.program import queries as program
from trellis.foundation.program.rules import week_of
from trellis.journey.care.trajectories.rules import Finished
from trellis.journey.measures.models import Outcome
from trellis.journey.schedule.models import Attendance
from trellis.journey.schedule.states import SEATED
from trellis.people.clients.models import Client, Episode


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
