"""Calls owed after an absence without word, with the safe way to make them."""

from datetime import date, timedelta, tzinfo

from django.db.models import Exists, OuterRef

from trellis.journey.schedule.models import AbsenceNotice, Attendance, CallOutcome
from trellis.journey.schedule.queries.sessions import day_bounds
from trellis.journey.schedule.states import SETTLES, Mark, NoticeKind


#: a page names so many; whoever owes more has days of their own to open
MOST_NAMED = 20


def owed_calls(day: date, zone: tzinfo, days_back: int) -> list[Attendance]:
    """Absences of the day, and of the days before it, whose call nobody has settled; newest first, one statement.

    The same as `rules.marks.call_owed`, said in SQL: of each absence the client with their contact, and the session.
    """
    begins, _ = day_bounds(day - timedelta(days=days_back), zone)
    _, ends = day_bounds(day, zone)
    here = {"session": OuterRef("session"), "client": OuterRef("client")}
    rows = Attendance.objects.filter(
        ~Exists(Attendance.objects.filter(pk__gt=OuterRef("pk"), **here)),
        ~Exists(AbsenceNotice.objects.filter(kind=NoticeKind.CANNOT_COME, **here)),
        ~Exists(CallOutcome.objects.filter(result__in=SETTLES, **here)),
        state=Mark.ABSENT, undo__isnull=True, session__starts_at__gte=begins, session__starts_at__lt=ends,
    )  # fmt: skip
    named = rows.select_related("client", "session__series")
    return list(named.order_by("-session__starts_at", "client__search_name")[:MOST_NAMED])
