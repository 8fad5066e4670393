"""The day sheet: the sessions of a day with their rosters, and the calls owed after absences without word."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from trellis.foundation.record.prepared import Prepared
from trellis.journey.schedule.models import AbsenceNotice, Attendance, CallOutcome, Series, Session
from trellis.journey.schedule.queries.day import DaySession
from trellis.journey.schedule.queries.lines import lines_of
from trellis.journey.schedule.queries.sessions import Holds, day_bounds, holds, sessions
from trellis.journey.schedule.states import SETTLES, Mark, NoticeKind
from trellis.people.consent.deaths import the_dead

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
    safe_word_sealed: str
    language: str

    @property
    def audit_subjects(self) -> tuple[str]:
        return (f"client:{self.client_id}",)


def sheet(day: date, zone: tzinfo, days_back: int) -> tuple[list[DaySession], list[Owed]]:
    """The day's sessions by time, with everybody expected in them, and who is owed a call; six statements.

    Calls: absences of the day and of so many days before it that nobody has settled, newest first.
    """
    begins, _ = day_bounds(day - timedelta(days=days_back), zone)
    of_day, ends = day_bounds(day, zone)
    today = _ask_sessions(of_day, ends)
    keys = [session.pk for session in today]
    held, rosters = holds(keys), lines_of(keys)
    found = [DaySession(one, held.get(one.pk, Holds()), rosters.get(one.pk, [])) for one in today]
    return found, [Owed(*row) for row in _ask_owed(begins, ends)]


@Prepared
def _ask_sessions(begins: datetime, ends: datetime) -> "QuerySet[Session]":
    shown = ("public_id", "starts_at", "ends_at", "status", "cancel_reason", "series__names", "series__personal")
    rows = sessions().only(*shown, "joins__series__names").filter(starts_at__gte=begins, starts_at__lt=ends)
    return rows.order_by("starts_at", "series__key", "pk")


def calls_owed_since(day: date, zone: tzinfo, days_back: int) -> int:
    """How many calls the sheet of a day owes, named there or not; one statement."""
    begins, _ = day_bounds(day - timedelta(days=days_back), zone)
    return _owed(begins, day_bounds(day, zone)[1]).count()


@Prepared
def _ask_owed(begins: datetime, ends: datetime) -> "QuerySet[Any, Any]":
    # The group is looked up for those that are named, after the others fell away.
    group = Series.objects.filter(pk=OuterRef("session__series")).values("names")
    rows = _owed(begins, ends).order_by("-session__starts_at", "client__search_name", "pk")
    return rows.annotate(group=Subquery(group)).values_list(
        "session__public_id", "client__public_id", "client_id", "group", "session__starts_at",
        "client__chosen_name", "client__telephone", "client__may_leave_message", "client__may_text",
        "client__safe_times", "client__safe_word_sealed", "client__language",
    )[:MOST_NAMED]  # fmt: skip


def _owed(begins: Any, ends: Any) -> "QuerySet[Attendance]":
    """Absences without word between two instants that nobody has settled: rules.marks.call_owed, said in SQL."""
    here = {"session": OuterRef("session"), "client": OuterRef("client")}
    return Attendance.objects.filter(
        ~Exists(Attendance.objects.filter(pk__gt=OuterRef("pk"), **here)),
        ~Exists(AbsenceNotice.objects.filter(kind=NoticeKind.CANNOT_COME, undo__isnull=True, **here)),
        ~Exists(CallOutcome.objects.filter(result__in=SETTLES, **here)),
        state=Mark.ABSENT, undo__isnull=True, session__starts_at__gte=begins, session__starts_at__lt=ends,
    ).exclude(client__in=the_dead())  # fmt: skip
