"""Calls owed after an absence without word, with the safe way to make them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from trellis.journey.schedule.models import AbsenceNotice, Attendance, CallOutcome, Session
from trellis.journey.schedule.queries.prepared import Prepared
from trellis.journey.schedule.queries.sessions import day_bounds
from trellis.journey.schedule.states import SETTLES, Mark, NoticeKind

#: a page names so many; whoever owes more has days of their own to open
MOST_NAMED = 20


class Owed(NamedTuple):
    """Whom to call, about which group, and how to call safely."""

    session: str  # public ids
    client: str
    client_id: int
    group: Mapping[str, str]
    starts_at: datetime
    name: str
    telephone: str
    may_leave_message: bool
    may_text: bool
    safe_times: str
    language: str

    @property
    def audit_subject(self) -> str:
        return f"client:{self.client_id}"


def owed_calls(day: date, zone: tzinfo, days_back: int) -> list[Owed]:
    """Absences of the day, and of the days before it, whose call nobody has settled; newest first, two statements.

    The same as `rules.marks.call_owed`, said in SQL.
    """
    begins, _ = day_bounds(day - timedelta(days=days_back), zone)
    _, ends = day_bounds(day, zone)
    of_days = Session.objects.filter(starts_at__gte=begins, starts_at__lt=ends)
    return [Owed(*row) for row in _ask(of_days.values_list("pk", flat=True))]


@Prepared
def _ask(sessions: list[int]) -> "QuerySet[Any, Any]":
    here = {"session": OuterRef("session"), "client": OuterRef("client")}
    rows = Attendance.objects.filter(
        ~Exists(Attendance.objects.filter(pk__gt=OuterRef("pk"), **here)),
        ~Exists(AbsenceNotice.objects.filter(kind=NoticeKind.CANNOT_COME, **here)),
        ~Exists(CallOutcome.objects.filter(result__in=SETTLES, **here)),
        state=Mark.ABSENT, undo__isnull=True, session__in=sessions,
    ).order_by("-session__starts_at", "client__search_name", "pk")  # fmt: skip
    return rows.values_list(
        "session__public_id", "client__public_id", "client_id", "session__series__names", "session__starts_at",
        "client__chosen_name", "client__telephone", "client__may_leave_message", "client__may_text",
        "client__safe_times", "client__language",
    )[:MOST_NAMED]  # fmt: skip
