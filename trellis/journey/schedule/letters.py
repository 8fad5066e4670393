"""What a letter says about attendance: days and minutes, and nothing about what kind of group it was."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.program import queries as program
from trellis.journey.schedule.models import Attendance
from trellis.journey.schedule.states import SEATED
from trellis.people.clients.models import Client
from trellis.ui.words import spoken_minutes

LOOKS_BACK = timedelta(days=90)


def attendance(client: Client, by: Actor) -> tuple[str, ...]:
    """Each day of the last 90 on which they were there, with the minutes; one statement."""
    zone = program.zone()
    days: dict[str, int] = {}
    for mark in _standing(client):
        day = date_format(mark.session.starts_at.astimezone(zone), "DATE_FORMAT")
        days[day] = days.get(day, 0) + minutes_of(mark)
    if not days:
        return (_("No attendance in the last 90 days."),)
    return tuple(f"{day}: {spoken_minutes(minutes)}" for day, minutes in days.items())


def _standing(client: Client) -> list[Attendance]:
    since = clock.now() - LOOKS_BACK
    return [mark for mark in marks_of(client, since) if mark.state in SEATED]


def marks_of(client: Client, since: datetime | None = None) -> list[Attendance]:
    """The mark that holds of each session, by time: the newest, none where it was taken back; one statement."""
    rows: QuerySet[Attendance] = (
        Attendance.objects.filter(client=client, **({"session__starts_at__gte": since} if since else {}))
        .select_related("session__series", "undo")
        .order_by("session__starts_at", "session_id", "id")
    )
    found: dict[int, Attendance | None] = {}
    for mark in rows:
        found[mark.session_id] = None if hasattr(mark, "undo") else mark
    return [mark for mark in found.values() if mark is not None]


def minutes_of(mark: Attendance) -> int:
    whole = int((mark.session.ends_at - mark.session.starts_at).total_seconds() // 60)
    missed = mark.session.break_minutes + mark.arrived_late_minutes + mark.left_early_minutes
    return max(0, whole - missed)
