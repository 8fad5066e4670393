"""Dated sessions: ahead of time, once, across holidays and changes of the clock."""

from datetime import date, time, timedelta

import pytest

from trellis.foundation import clock
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.journey.schedule import actions
from trellis.journey.schedule.models import Booking, Series, Session
from trellis.journey.schedule.tests.factories import (
    POMONA,
    SYSTEM,
    RoomFactory,
    SeriesFacilitatorFactory,
    SeriesFactory,
    SessionFactory,
    StaffMemberFactory,
    actor,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


@pytest.fixture
def only():
    """One series and no other."""
    from trellis.foundation.record.guard import writing

    with writing("test"):
        Series.objects.update(until=date(2026, 1, 1))
    return SeriesFactory(weekday=3)


def days(series):
    return list(Session.objects.filter(series=series).order_by("starts_at").values_list("planned_on", flat=True))


def test_sessions_are_made_as_far_ahead_as_the_blueprint_says_and_once():
    first = actions.generate_sessions(by=SYSTEM)
    assert first.made > 100
    assert actions.generate_sessions(by=SYSTEM).made == 0
    last = Session.objects.order_by("-planned_on").first().planned_on
    assert last <= date(2026, 11, 23) + timedelta(days=7 * 9 - 1)
    assert last > date(2026, 11, 23) + timedelta(days=7 * 8 - 1)


def test_a_week_later_only_the_next_week_is_made(only, clock_at):
    actions.generate_sessions(by=SYSTEM, until=date(2026, 12, 31))
    before = len(days(only))
    clock_at(clock.now() + timedelta(days=7))
    assert actions.generate_sessions(by=SYSTEM, until=date(2027, 1, 7)).made == 1
    assert len(days(only)) == before + 1


def test_a_holiday_is_made_as_cancelled_and_holds_nothing(only):
    SeriesFacilitatorFactory(series=only)
    actions.generate_sessions(by=SYSTEM, until=date(2026, 12, 3))
    thanksgiving, after = Session.objects.filter(series=only).order_by("starts_at")
    assert (thanksgiving.planned_on, thanksgiving.status, thanksgiving.cancel_reason) == (
        date(2026, 11, 26), "cancelled", "holiday",
    )  # fmt: skip
    assert not thanksgiving.bookings.exists()
    assert (after.status, after.bookings.count()) == ("planned", 2)


@pytest.mark.parametrize("change", [date(2026, 11, 1), date(2027, 3, 14)])
def test_half_past_five_stays_half_past_five_across_both_changes(only, change):
    only.weekday = change.weekday()
    from trellis.foundation.record.guard import writing

    with writing("test"):
        only.save()
    actions.generate_sessions(by=SYSTEM, since=change - timedelta(days=7), until=change + timedelta(days=7))
    rows = Session.objects.filter(series=only)
    assert {row.starts_at.astimezone(POMONA).time() for row in rows} == {time(17, 30)}
    assert {row.ends_at - row.starts_at for row in rows} == {timedelta(minutes=195)}
    assert len(rows) == 3


def test_a_taken_room_does_not_stop_the_others_and_is_named():
    room = RoomFactory(names={"en": "Room 2", "es": "Sala 2"})
    for key in ("one", "two"):
        SeriesFactory(key=key, room=room, weekday=5)
    made = actions.generate_sessions(by=SYSTEM, until=date(2026, 11, 29))
    assert any("Room 2 is taken" in str(said) for said in made.clashes)
    assert Session.objects.filter(series__key__in=("one", "two")).count() == 2
    assert Booking.objects.filter(room=room).count() == 1


def test_the_one_who_usually_leads_is_booked_from_their_first_day(only):
    leader = StaffMemberFactory()
    SeriesFacilitatorFactory(series=only, staff_member=leader, since=date(2026, 12, 10), until=date(2026, 12, 17))
    actions.generate_sessions(by=SYSTEM, until=date(2026, 12, 31))
    booked = Booking.objects.filter(staff_member=leader).values_list("session__planned_on", flat=True)
    assert list(booked) == [date(2026, 12, 10), date(2026, 12, 17)]


def test_who_begins_to_lead_is_booked_for_what_is_planned_and_who_stops_lets_go(only):
    actions.generate_sessions(by=SYSTEM, until=date(2026, 12, 31))
    leader = StaffMemberFactory()
    director = actor("clinical_director")
    actions.assign_facilitator(by=director, series=only, staff_member=leader, since=date(2026, 12, 1))
    live = Booking.objects.filter(staff_member=leader, released=False)
    assert live.count() == 5
    with pytest.raises(Refused, match="already"):
        actions.assign_facilitator(by=director, series=only, staff_member=leader, since=date(2026, 12, 1))
    actions.unassign_facilitator(by=director, series=only, staff_member=leader, until=date(2026, 12, 10))
    assert live.count() == 2
    with pytest.raises(Refused, match="does not lead"):
        actions.unassign_facilitator(by=director, series=only, staff_member=leader, until=date(2026, 12, 10))


def test_nobody_begins_to_lead_two_series_at_the_same_time(only):
    actions.generate_sessions(by=SYSTEM, until=date(2026, 12, 31))
    busy = StaffMemberFactory(account__chosen_name="Luis Ortega")
    SessionFactory(led_by=busy, planned_on=date(2026, 12, 3))
    with pytest.raises(Refused, match="Luis Ortega leads"):
        actions.assign_facilitator(
            by=actor("clinical_director"), series=only, staff_member=busy, since=date(2026, 12, 1)
        )
    assert not only.facilitators.exists()


def test_a_facilitator_does_not_make_sessions():
    with pytest.raises(NotPermitted):
        actions.generate_sessions(by=actor("group_facilitator"))


def test_a_fault_that_is_no_clash_is_not_hidden(only, monkeypatch):
    from django.db import IntegrityError

    from trellis.foundation.record.guard import writing
    from trellis.journey.schedule.actions import booking

    broken = booking.draft(SessionFactory(), room=RoomFactory())
    broken.ends_at = broken.starts_at
    with writing("test"):
        with pytest.raises(IntegrityError):
            booking.keep(broken)
        with pytest.raises(IntegrityError):
            booking.keep_all([broken])
