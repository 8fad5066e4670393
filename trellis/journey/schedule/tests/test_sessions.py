"""One session is moved, cancelled, or given another room or leader, and its series goes on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.journey.schedule import actions, jobs
from trellis.journey.schedule.models import Booking, GuestCount, JoinedSession, Session, SessionChange
from trellis.journey.schedule.states import MACHINE
from trellis.journey.schedule.tests.factories import (
    NOW,
    AttendanceFactory,
    RoomFactory,
    SeriesFacilitatorFactory,
    SeriesFactory,
    SessionFactory,
    StaffMemberFactory,
    actor,
    tonight,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tonight_at")]


@pytest.fixture
def director():
    return actor("clinical_director")


@pytest.fixture
def session():
    room, leader = RoomFactory(names={"en": "Room 2", "es": "Sala 2"}), StaffMemberFactory()
    return SessionFactory(in_room=room, led_by=leader, series__room=room)


def held(session):
    return [(b.room_id, b.staff_member_id, b.starts_at) for b in session.bookings.filter(released=False)]


def changes(session):
    return list(session.changes.order_by("pk").values_list("kind", flat=True))


def test_a_moved_session_takes_its_room_and_leader_along(director, session):
    later = session.starts_at + timedelta(days=1)
    actions.move_session(by=director, session=session, starts_at=later, reason="The room is painted")
    session.refresh_from_db()
    assert (session.status, session.starts_at) == ("moved", later)
    assert session.ends_at - session.starts_at == timedelta(minutes=195)
    assert {starts for _r, _s, starts in held(session)} == {later}
    change = session.changes.get()
    assert (change.kind, change.old_starts_at, change.reason) == (
        "moved", later - timedelta(days=1), "The room is painted",
    )  # fmt: skip


def test_whoever_books_waits_for_the_room_and_the_leader_before_writing(director, session):
    later = session.starts_at + timedelta(days=1)
    with CaptureQueriesContext(connection) as said:
        actions.move_session(by=director, session=session, starts_at=later, reason="The room is painted")
    order = [one["sql"] for one in said]
    written = next(n for n, sql in enumerate(order) if sql.startswith('UPDATE "schedule_booking"'))
    for table in ("program_room", "staff_staffmember"):
        waits = (n for n, sql in enumerate(order) if sql.startswith(f'SELECT "{table}"."id"'))
        assert next(waits) < written, table


def test_a_session_does_not_move_onto_another_and_stays_where_it_was(director, session):
    room = session.series.room
    SessionFactory(in_room=room, planned_on=session.planned_on + timedelta(days=1), series__room=room)
    with pytest.raises(Refused, match=r"Room 2 is taken at that time by Skills group"):
        actions.move_session(by=director, session=session, starts_at=session.starts_at + timedelta(days=1))
    session.refresh_from_db()
    assert session.status == "planned"
    assert {starts for _r, _s, starts in held(session)} == {session.starts_at}


def test_a_session_moves_ahead_only(director, session):
    with pytest.raises(Refused, match="lies ahead"):
        actions.move_session(by=director, session=session, starts_at=NOW - timedelta(hours=1))


def test_a_cancelled_session_lets_go_and_comes_back_if_all_is_still_free(director, session):
    leader = session.bookings.get(room=None).staff_member
    SeriesFacilitatorFactory(series=session.series, staff_member=leader)
    actions.cancel_session(by=director, session=session, reason="no_leader", note="Dana is ill")
    assert (session.status, session.cancel_reason, held(session)) == ("cancelled", "no_leader", [])
    actions.restore_session(by=director, session=session)
    session.refresh_from_db()
    assert (session.status, session.cancel_reason, len(held(session))) == ("planned", "", 2)
    assert changes(session) == ["cancelled", "restored"]


def test_a_session_does_not_come_back_into_a_room_that_was_given_away(director, session):
    actions.cancel_session(by=director, session=session, reason="other")
    SessionFactory(in_room=session.series.room)
    with pytest.raises(Refused, match="Room 2 is taken"):
        actions.restore_session(by=director, session=session)
    session.refresh_from_db()
    assert session.status == "cancelled"


@pytest.mark.parametrize(
    ("status", "act", "words"),
    [
        ("held", "cancel", "took place already"),
        ("cancelled", "cancel", "Restore it first"),
        ("planned", "restore", "planned already"),
        ("moved", "restore", "planned already"),
        ("held", "move", "took place already"),
    ],
)
def test_the_table_of_states_says_what_may_follow(director, status, act, words):
    session = SessionFactory(status=status)
    acts = {
        "cancel": lambda: actions.cancel_session(by=director, session=session, reason="other"),
        "restore": lambda: actions.restore_session(by=director, session=session),
        "move": lambda: actions.move_session(by=director, session=session, starts_at=NOW + timedelta(days=3)),
    }
    with pytest.raises(Refused, match=words):
        acts[act]()


def test_a_group_in_which_somebody_is_marked_as_here_is_not_cancelled(director, session):
    AttendanceFactory(session=session, state="late", arrived_late_minutes=5)
    with pytest.raises(Refused, match="Take the marks back"):
        actions.cancel_session(by=director, session=session, reason="other")
    assert "cancel" in MACHINE.moves["planned"]


def test_another_room_for_one_night(director, session):
    other = RoomFactory()
    before = held(session)
    actions.change_room(by=director, session=session, room=other, reason="A leak")
    assert [room for room, _s, _t in held(session) if room] == [other.pk]
    assert len(held(session)) == len(before)
    assert changes(session) == ["room"]
    with pytest.raises(Refused, match="already"):
        actions.change_room(by=director, session=session, room=other)


def test_the_front_desk_changes_rooms_and_nothing_else(session):
    desk = actor("front_desk")
    actions.change_room(by=desk, session=session, room=RoomFactory())
    with pytest.raises(NotPermitted):
        actions.cancel_session(by=desk, session=session, reason="other")


def test_a_room_that_is_taken_stays_taken_and_the_old_one_is_kept(director, session):
    other = RoomFactory(names={"en": "Room 3", "es": "Sala 3"})
    SessionFactory(in_room=other, series__names={"en": "Process group", "es": "Grupo de proceso"})
    with pytest.raises(Refused, match=r"Room 3 is taken at that time by Process group"):
        actions.change_room(by=director, session=session, room=other)
    assert {room for room, _s, _t in held(session)} == {session.series.room_id, None}


def test_a_cancelled_session_needs_no_room_and_no_leader(director):
    session = SessionFactory(cancelled=True)
    with pytest.raises(Refused, match="Restore it first"):
        actions.change_room(by=director, session=session, room=RoomFactory())
    with pytest.raises(Refused, match="Restore it first"):
        actions.change_facilitator(by=director, session=session, staff_member=StaffMemberFactory())


def test_somebody_else_leads_one_night(director, session):
    usual = session.bookings.get(room=None).staff_member
    other = StaffMemberFactory()
    actions.change_facilitator(by=director, session=session, staff_member=other, instead_of=usual)
    assert [staff for _r, staff, _t in held(session) if staff] == [other.pk]
    assert changes(session) == ["facilitator"]


def test_a_second_leader_joins_and_one_steps_back(director, session):
    usual = session.bookings.get(room=None).staff_member
    other = StaffMemberFactory()
    actions.change_facilitator(by=director, session=session, staff_member=other)
    assert {staff for _r, staff, _t in held(session) if staff} == {usual.pk, other.pk}
    actions.change_facilitator(by=director, session=session, staff_member=None, instead_of=usual)
    assert [staff for _r, staff, _t in held(session) if staff] == [other.pk]


def test_a_change_of_leaders_that_changes_nothing_is_refused(director, session):
    usual = session.bookings.get(room=None).staff_member
    for staff_member in (None, usual):
        with pytest.raises(Refused, match="already"):
            actions.change_facilitator(by=director, session=session, staff_member=staff_member)


def test_nobody_leads_two_groups_at_once(director, session):
    busy = StaffMemberFactory(account__chosen_name="Luis Ortega")
    SessionFactory(led_by=busy, series__names={"en": "Family education", "es": "Educación familiar"})
    with pytest.raises(Refused, match="Luis Ortega leads Family education at that time"):
        actions.change_facilitator(by=director, session=session, staff_member=busy)


def test_touching_sessions_share_a_room(director):
    room = RoomFactory()
    first = SessionFactory(in_room=room)
    second = SessionFactory(series__room=room)
    actions.move_session(by=director, session=second, starts_at=first.ends_at)
    actions.change_room(by=director, session=second, room=room)
    assert Booking.objects.filter(room=room, released=False).count() == 2


def test_two_groups_sit_together_for_a_night():
    host, _clients, by = tonight()
    room = RoomFactory()
    other = SessionFactory(in_room=room)
    actions.join_sessions(by=by, host=host, session=other)
    assert JoinedSession.objects.get().host == host
    assert held(other) == []
    assert changes(other) == ["joined"]


def test_groups_are_joined_once_and_only_when_they_meet_at_the_same_time():
    host, _clients, by = tonight()
    other, third = SessionFactory(), SessionFactory()
    with pytest.raises(Refused, match="another group"):
        actions.join_sessions(by=by, host=host, session=host)
    with pytest.raises(Refused, match="same time"):
        actions.join_sessions(by=by, host=host, session=SessionFactory(planned_on=host.planned_on + timedelta(days=7)))
    with pytest.raises(Refused, match="cancelled"):
        actions.join_sessions(by=by, host=host, session=SessionFactory(cancelled=True))
    actions.join_sessions(by=by, host=host, session=other)
    with pytest.raises(Refused, match="joined"):
        actions.join_sessions(by=by, host=host, session=other)
    with pytest.raises(Refused, match="joined"):
        actions.join_sessions(by=actor("clinical_director"), host=third, session=host)


def test_guests_are_counted():
    session, _clients, by = tonight()
    actions.count_guests(by=by, session=session, kind="loved_one", number=2)
    actions.count_guests(by=by, session=session, kind="loved_one", number=3)
    assert list(GuestCount.objects.order_by("pk").values_list("number", flat=True)) == [2, 3]
    for number in (-1, 201):
        with pytest.raises(Refused, match="0 to 200"):
            actions.count_guests(by=by, session=session, kind="student", number=number)


def test_sessions_that_are_over_and_had_people_took_place(clock_at):
    here, empty, taken_back = SessionFactory(), SessionFactory(), SessionFactory()
    AttendanceFactory(session=here)
    AttendanceFactory(session=here)
    AttendanceFactory(session=empty, state="absent")
    system = actor("program_administrator")
    assert actions.hold_past_sessions(by=system) == 0
    clock_at(here.ends_at + timedelta(minutes=1))
    assert actions.hold_past_sessions(by=system) == 1
    assert set(Session.objects.filter(status="held")) == {here}
    assert not SessionChange.objects.exists()
    assert taken_back.status == "planned"


def test_a_series_of_one_stays_apart(director):
    one, other = SeriesFactory(), SeriesFactory()
    assert one.key != other.key


def test_before_a_program_is_loaded_the_worker_makes_nothing():
    jobs.make_sessions_ahead.func()
    assert not Session.objects.exists()
