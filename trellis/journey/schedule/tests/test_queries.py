"""What can be asked: right, and with a fixed number of statements."""

from datetime import date, time, timedelta

import pytest

from trellis.foundation.access.actor import Actor
from trellis.foundation.program.queries import zone
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.tests.factories import (
    NOW,
    POMONA,
    TODAY,
    AbsenceNoticeFactory,
    ArrivalFactory,
    AttendanceFactory,
    CallOutcomeFactory,
    ClientFactory,
    EnrollmentFactory,
    EpisodeFactory,
    LeaveFactory,
    PrescribedHoursFactory,
    RoomFactory,
    SeriesFactory,
    SessionFactory,
    StaffMemberFactory,
    actor,
    enrolled,
    tonight,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


def filled_group(people):
    session, clients, by = tonight(people=people, in_room=RoomFactory())
    for client in clients:
        AttendanceFactory(session=session, client=client)
        ArrivalFactory(session=session, client=client)
        AbsenceNoticeFactory(session=session, client=client)
        CallOutcomeFactory(session=session, client=client)
    return session, clients, by


@pytest.mark.parametrize("people", [1, 30])
def test_the_day_with_its_rosters_costs_five_statements(statements, people):
    filled_group(people)
    with statements() as seen:
        [one] = queries.sessions_on(TODAY, POMONA)
        assert len([(line.state, line.notice, line.call_owed, line.missing) for line in one.lines]) == people
        assert (one.session.series.names["en"], one.here) == ("Skills group", people)
    assert len(seen) == 5


@pytest.mark.parametrize("people", [1, 30])
def test_the_room_costs_seven_statements(statements, people):
    session, _clients, _by = filled_group(people)
    shown = queries.sessions().get(pk=session.pk)
    with statements() as seen:
        room = queries.room(shown)
        assert (room.people, len(room.lines)) == (people, people)
    assert len(seen) == 6


@pytest.mark.parametrize("people", [1, 30])
def test_one_clients_week_costs_four_statements(statements, people, week):
    _session, [client, *_], _by = filled_group(people)
    zone()
    with statements() as seen:
        ledger = queries.week(client, week, NOW)
    assert ledger.planned == 180
    assert len(seen) == 5  # with the look at which blueprint counts, once a request


@pytest.mark.parametrize("people", [1, 30])
def test_who_falls_short_costs_the_same_for_one_and_for_thirty(statements, people, week):
    filled_group(people)
    with statements() as seen:
        assert len(queries.short_this_week(week, NOW)) == people
    assert len(seen) <= 9


@pytest.mark.parametrize("people", [1, 30])
def test_the_program_today_costs_the_same_for_one_and_for_thirty(statements, people):
    from trellis.foundation.program import queries as program

    filled_group(people)
    with program.remembered(), statements() as seen:
        today = queries.program_today(NOW, Actor.of_system("test"))
        assert (today.clients, len(today.on_now), len(today.short)) == (people, 1, people)
        assert (today.without_leader, today.without_room, today.calls_owed, today.can_make_up) == ([], [], 0, 0)
        assert today.capacity >= today.taken == 0
    assert len(seen) <= 21


@pytest.mark.parametrize("count", [1, 20])
def test_the_week_of_the_program_costs_the_same_for_one_and_for_twenty(statements, count, week):
    for _n in range(count):
        session = SessionFactory()
        enrolled(session.series, 2)
    with statements() as seen:
        shown = queries.program_week(week)
    assert [one.expected for one in shown.sessions] == [2] * count
    assert list(shown.days)[2] == TODAY
    assert len(seen) <= 5


# --- the roster -------------------------------------------------------------------------------------------------------


def test_a_roster_is_in_the_order_of_names_and_says_who_is_on_leave():
    session = SessionFactory()
    [zoe] = enrolled(session.series, 1, chosen_name="Zoe Quill")
    [ana] = enrolled(session.series, 1, chosen_name="Ana Peña")
    LeaveFactory(client=zoe, kind="hospital")
    lines = queries.lines_of([session.pk])[session.pk]
    assert [(line.name, line.on_leave) for line in lines] == [("Ana Peña", ""), ("Zoe Quill", "hospital")]
    assert [line.missing for line in lines] == [True, False]
    assert ana.audit_subjects == lines[0].audit_subjects


def test_somebody_added_and_enrolled_has_one_line():
    session, [client, *_], by = tonight()
    guest = ClientFactory(in_program=True)
    actions.add_to_roster(by=by, session=session, client=guest, key="a1")
    EnrollmentFactory(episode=guest.episodes.get(), series=session.series)
    lines = queries.lines_of([session.pk])[session.pk]
    assert sorted(line.added for line in lines) == [False] * 4
    assert client.pk in {line.client_id for line in lines}


def test_a_closed_stay_is_on_no_roster():
    session = SessionFactory()
    EnrollmentFactory(series=session.series, episode=EpisodeFactory(closed=True))
    assert queries.lines_of([session.pk]) == {}


def test_facts_about_people_who_left_the_roster_are_not_shown():
    session = SessionFactory()
    AttendanceFactory(session=session)
    AbsenceNoticeFactory(session=session)
    assert queries.lines_of([session.pk]) == {}


def test_groups_that_sit_together_are_one_room():
    host, [one, *_], by = tonight()
    other, [two, *_], _by = tonight(people=2)
    actions.join_sessions(by=by, host=host, session=other)
    actions.count_guests(by=by, session=host, kind="student", number=2)
    actions.count_guests(by=by, session=host, kind="loved_one", number=0)
    actions.mark(by=by, session=host, client=one, state="present", key="k1")
    actions.mark(by=by, session=other, client=two, state="present", key="k2")
    room = queries.room(queries.sessions().get(pk=host.pk))
    assert (len(room.lines), room.people, room.guests) == (5, 2, {"student": 2})
    assert [part.session for part in room.all] == [host, other]
    assert room.warnings == ()


def test_people_to_add_are_found_by_a_part_of_their_name():
    session, [client, *_], _by = tonight()
    peer = ClientFactory(chosen_name="José Núñez", in_program=True)
    ClientFactory(chosen_name="José Elsewhere")
    assert queries.to_add(session, "nun") == [peer]
    assert queries.to_add(session, "n") == []
    assert client not in queries.to_add(session, client.chosen_name[:4])


# --- sessions of a client ---------------------------------------------------------------------------------------------


def test_the_next_session_is_the_one_that_is_on_or_follows():
    session, [client, *_], _by = tonight()
    later = SessionFactory(series=session.series, planned_on=TODAY + timedelta(days=7))
    assert queries.next_session(client, NOW) == session
    assert queries.next_session(client, session.ends_at) == later
    director = actor("clinical_director")
    actions.cancel_session(by=director, session=later, reason="closed")
    assert queries.next_session(client, session.ends_at) is None


def test_a_client_sees_what_changed_in_their_own_groups():
    session, [client, *_], _by = tonight()
    director = actor("clinical_director")
    actions.change_room(by=director, session=session, room=RoomFactory())
    actions.change_room(by=director, session=SessionFactory(), room=RoomFactory())
    since = NOW - timedelta(days=7)
    assert [change.kind for change in queries.changes_for(client, since, NOW)] == ["room"]
    assert queries.changes_for(client, NOW + timedelta(minutes=1), NOW) == []


def test_the_day_of_a_facilitator_is_what_they_are_booked_for():
    session, _clients, by = tonight()
    SessionFactory()
    assert queries.my_sessions(by.account_id, *queries.today_bounds(NOW)) == [session]


# --- the ledger from the record ---------------------------------------------------------------------------------------


def test_a_week_reads_its_marks_orders_and_leaves(week):
    session, [client, *_], by = tonight(people=2)
    thursday = SeriesFactory(weekday=3)
    EnrollmentFactory(episode=client.episodes.get(), series=thursday)
    SessionFactory(series=thursday, planned_on=TODAY + timedelta(days=1))
    PrescribedHoursFactory(client=client, minutes_a_week=600, since=date(2026, 10, 5))
    PrescribedHoursFactory(client=client, minutes_a_week=300, since=date(2026, 11, 20))
    PrescribedHoursFactory(client=client, minutes_a_week=200, since=date(2026, 12, 20))
    LeaveFactory(client=client, kind="jail", since=TODAY + timedelta(days=1))
    for n, person in enumerate(queries.lines_of([session.pk])[session.pk]):
        actions.mark(
            by=by, session=session, client=queries.client_on(session, person.public_id), state="present", key=str(n)
        )
    ledger = queries.week(client, week, NOW)
    assert (ledger.prescribed, ledger.enough, ledger.countable) == (300, 300, 180)
    assert ledger.cuts == ("jail",)
    assert ledger.short == 0


def test_the_size_of_the_group_is_read_from_everybodys_marks(week):
    session, [client, *_], by = tonight(people=2)
    actions.mark(by=by, session=session, client=client, state="present", key="k1")
    alone = queries.week(client, week, NOW).lines[0]
    assert (alone.how.size, alone.how.counts_as, alone.countable) == ("below", "individual", 180)


def test_joined_groups_are_counted_together(week):
    host, [one], by = tonight(people=1)
    other, [two], _by = tonight(people=1)
    actions.join_sessions(by=by, host=host, session=other)
    actions.mark(by=by, session=host, client=one, state="present", key="k1")
    actions.mark(by=by, session=other, client=two, state="present", key="k2")
    for ledger in queries.ledgers([one, two], week, NOW).values():
        assert ledger.lines[0].how.size == ""


def test_the_end_of_a_stay_cuts_the_week(week):
    session = SessionFactory(planned_on=TODAY + timedelta(days=1), series__weekday=3)
    row = EnrollmentFactory(
        series=session.series, episode=EpisodeFactory(status="closed", closed_on=TODAY, close_reason="completed")
    )
    ledger = queries.week(row.episode.client, week, NOW)
    assert (ledger.cuts, ledger.short) == (("end",), 0)


def test_a_change_of_groups_in_the_week_is_a_transfer(week):
    old, new = SeriesFactory(weekday=4), SeriesFactory(weekday=0)
    SessionFactory(series=old, planned_on=TODAY + timedelta(days=2))
    SessionFactory(series=new, planned_on=TODAY - timedelta(days=2))
    episode = EpisodeFactory()
    EnrollmentFactory(episode=episode, series=old, until=TODAY)
    EnrollmentFactory(episode=episode, series=new, since=TODAY + timedelta(days=1))
    ledger = queries.week(episode.client, week, NOW)
    assert (ledger.cuts, len(ledger.lines)) == (("transfer",), 2)


def test_who_left_and_came_back_belongs_again(week):
    session, [client, *_], by = tonight()
    row = client.episodes.get().enrollments.get()
    director = actor("clinical_director")
    actions.leave(by=director, episode=row.episode, enrollment=row, until=TODAY - timedelta(days=2))
    actions.enroll(by=director, episode=row.episode, series=session.series, since=TODAY)
    assert queries.week(client, week, NOW).cuts == ()
    assert by


def test_an_enrollment_called_off_before_it_began_is_none(week):
    session = SessionFactory()
    row = EnrollmentFactory(series=session.series, since=TODAY, until=TODAY - timedelta(days=1))
    assert queries.week(row.episode.client, week, NOW).lines == ()


def test_a_group_attended_once_without_enrollment_is_in_the_week(week):
    session, _clients, by = tonight()
    guest = ClientFactory(in_program=True)
    actions.add_to_roster(by=by, session=session, client=guest, key="a1")
    assert queries.week(guest, week, NOW).to_come == 180
    actions.mark(by=by, session=session, client=guest, state="present", key="k1")
    assert queries.ledgers([guest], week, NOW)[guest.pk].countable == 180


def test_a_birth_date_that_we_do_not_know_yet_is_an_adults(week):
    _session, [client, *_], _by = tonight(people=1)
    young = ClientFactory(born_on=date(2008, 1, 1), payer="medi-cal")
    client.born_on = None
    assert queries.week(client, week, NOW).enough == 540
    assert queries.week(young, week, NOW).enough == 360


def test_somebody_who_cannot_come_hears_what_could_make_it_up():
    session, [client, *_], _by = tonight()
    saturday = SessionFactory(planned_on=TODAY + timedelta(days=3), series__weekday=5, series__start=time(9))
    full = SessionFactory(planned_on=TODAY + timedelta(days=3), series__weekday=5, series__capacity=0)
    spanish = SessionFactory(planned_on=TODAY + timedelta(days=2), series__weekday=4, series__languages=["es"])
    actions.notify_cannot_come(by=actor("front_desk"), client=client, session=session)
    ledger, found = queries.make_ups_for(client, NOW)
    assert ledger.short > 0
    assert [one.session for one in found] == [saturday]
    assert not found[0].enough
    assert full.pk
    assert spanish.pk


def test_midweek_those_who_fall_short_come_with_the_most_first(week):
    session, [one, two], by = tonight(people=2)
    saturday = SessionFactory(planned_on=TODAY + timedelta(days=3), series__weekday=5)
    EnrollmentFactory(episode=one.episodes.get(), series=saturday.series)
    shorts = queries.short_this_week(week, NOW)
    assert [(s.client, s.ledger.short) for s in shorts] == [(two, 360), (one, 180)]
    assert [s.client for s in queries.short_this_week(week, NOW, [one])] == [one]
    assert session.pk
    assert by


def test_a_session_without_a_leader_or_a_room_is_seen():
    SessionFactory()
    today = queries.program_today(NOW, Actor.of_system("test"))
    assert len(today.without_leader) == len(today.without_room) == 1
    assert len(today.on_now) == 1


def test_holds_names_the_room_and_the_leaders():
    leader, room = StaffMemberFactory(account__chosen_name="Luis Ortega"), RoomFactory()
    session = SessionFactory(led_by=leader, in_room=room)
    held = queries.holds(Session.objects.filter(pk=session.pk))[session.pk]
    assert (held.room, held.leaders, held.leader_accounts) == (room.names, ["Luis Ortega"], [leader.account_id])
