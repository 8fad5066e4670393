"""Dated sessions ahead of time, and who usually leads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.program.schema import Blueprint
from trellis.journey.schedule.actions import booking
from trellis.journey.schedule.models import Booking, Series, SeriesFacilitator, Session
from trellis.journey.schedule.rules import dates
from trellis.journey.schedule.states import CancelReason
from trellis.people.staff.models import StaffMember

ALREADY_LEADS = _("This person leads this group already.")
DOES_NOT_LEAD = _("This person does not lead this group.")


@dataclass(frozen=True)
class Generated:
    made: int
    #: a sentence for each room or person that was taken: those sessions need another
    clashes: tuple["Promise | str", ...] = ()


# --- dated sessions ---------------------------------------------------------------------------------------------------


@action("schedule.generate", about=lambda result, arguments: ())  # about nobody
def generate_sessions(*, by: Actor, until: date | None = None, since: date | None = None) -> Generated:
    """Make the sessions that lack, from today (or `since`) to `until`, or as far ahead as the blueprint says."""
    today = clock.today(program.zone())
    first = since or today
    last = until or dates.last_day_ahead(today, program.current().program.horizon_weeks)
    return make_sessions(Series.objects.all(), first, last)


def make_sessions(which: "QuerySet[Series]", first: date, last: date) -> Generated:
    # The lock makes two generators take turns; the second finds nothing left to make.
    series = list(_meeting(which, first, last).select_for_update(of=("self",)).order_by("pk"))
    present = set(
        Session.objects.filter(series__in=series, planned_on__range=(first, last)).values_list(
            "series_id", "planned_on"
        )
    )
    holidays = holidays_between(program.current(), first, last)
    new = [
        _session(one, dated)
        for one in series
        for dated in dates.dated(rule_of(one), first, last, program.zone(), holidays)
        if (one.pk, dated.day) not in present
    ]
    Session.objects.bulk_create(new)
    return Generated(len(new), tuple(booking.keep_all(usual_bookings(new))))


def _meeting(which: "QuerySet[Series]", first: date, last: date) -> "QuerySet[Series]":
    still = Q(until__isnull=True) | Q(until__gte=first)
    return which.filter(still, since__lte=last).select_related("room")


def rule_of(series: Series) -> dates.Rule:
    return dates.Rule(series.weekday, series.start, series.minutes, series.since, series.until)


def holidays_between(blueprint: Blueprint, first: date, last: date) -> set[date]:
    return {day for year in range(first.year, last.year + 1) for day in blueprint.holidays_in(year)}


def _session(series: Series, dated: dates.Dated) -> Session:
    return Session(
        series=series,
        planned_on=dated.day,
        starts_at=dated.starts_at,
        ends_at=dated.ends_at,
        break_minutes=series.break_minutes,
        break_after=series.break_after,
        status="cancelled" if dated.holiday else "planned",
        cancel_reason=CancelReason.HOLIDAY if dated.holiday else "",
    )


def usual_bookings(sessions: Iterable[Session]) -> list[Booking]:
    """What the series of these sessions usually hold, for those that take place."""
    on = [session for session in sessions if session.status != "cancelled"]
    leaders = leaders_of({session.series_id for session in on})
    wanted = []
    for session in on:
        if session.series.room is not None:
            wanted.append(booking.draft(session, room=session.series.room))
        for one in leaders:
            if one.series_id == session.series_id and _covers(one, session.planned_on):
                wanted.append(booking.draft(session, staff_member=one.staff_member))
    return wanted


def leaders_of(series: Iterable[int]) -> list[SeriesFacilitator]:
    rows = SeriesFacilitator.objects.filter(series__in=set(series)).order_by("since", "pk")
    return list(rows.select_related("staff_member__account"))


def _covers(one: SeriesFacilitator, day: date) -> bool:
    return one.since <= day and (one.until is None or day <= one.until)


# --- who usually leads ------------------------------------------------------------------------------------------------


@action("schedule.change", about=lambda result, arguments: ())
def assign_facilitator(*, by: Actor, series: Series, staff_member: StaffMember, since: date) -> SeriesFacilitator:
    """From `since` on this person leads the series: its planned sessions are booked too."""
    return lead(series, staff_member, since)


def lead(series: Series, staff_member: StaffMember, since: date) -> SeriesFacilitator:
    if series.facilitators.filter(staff_member=staff_member, until__isnull=True).exists():
        raise Refused(ALREADY_LEADS)
    for session in coming(series, since).exclude(bookings__staff_member=staff_member, bookings__released=False):
        booking.book(session, staff_member=staff_member)
    return SeriesFacilitator.objects.create(series=series, staff_member=staff_member, since=since)


@action("schedule.change", about=lambda result, arguments: ())
def unassign_facilitator(*, by: Actor, series: Series, staff_member: StaffMember, until: date) -> SeriesFacilitator:
    """After `until` this person no longer leads the series."""
    row = series.facilitators.filter(staff_member=staff_member, until__isnull=True).first()
    if row is None:
        raise Refused(DOES_NOT_LEAD)
    row.until = until
    row.save(update_fields=["until"])
    for session in coming(series, until + timedelta(days=1)):
        booking.release(session, staff_member=staff_member)
    return row


def coming(series: Series, since: date) -> "QuerySet[Session]":
    return Session.objects.filter(series=series, planned_on__gte=since, status__in=("planned", "moved"))
