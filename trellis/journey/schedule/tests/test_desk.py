"""The front desk, notices of clients, calls owed, orders."""

from datetime import timedelta

import pytest

from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit import trail
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.models import AbsenceNotice, Arrival, NoticeUndo
from trellis.journey.schedule.tests.factories import (
    NOW,
    POMONA,
    TODAY,
    AbsenceNoticeFactory,
    AttendanceFactory,
    ClientFactory,
    StaffMemberFactory,
    actor,
    actor_of,
    enrolled,
    tonight,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tonight_at")]


@pytest.fixture
def desk():
    return actor("front_desk")


def line(session, client):
    return next(one for one in queries.lines_of([session.pk])[session.pk] if one.client_id == client.pk)


def test_the_desk_marks_arrival_and_can_take_it_back(desk):
    session, [client, *_], _by = tonight()
    actions.arrive(by=desk, session=session, client=client, key="a1")
    actions.arrive(by=desk, session=session, client=client, key="a1")
    assert line(session, client).arrived_at is not None
    assert Arrival.objects.count() == 1
    actions.arrive(by=desk, session=session, client=client, key="a2", gone=True)
    assert line(session, client).arrived_at is None


def test_an_arrival_is_not_yet_a_mark(desk):
    session, [client, *_], _by = tonight()
    actions.arrive(by=desk, session=session, client=client, key="a1")
    assert (line(session, client).state, line(session, client).missing) == ("none", False)


def test_who_came_and_was_not_seated_is_written_down_with_the_way_home(desk):
    session, [client, *_], _by = tonight()
    actions.not_seated(
        by=desk, session=session, client=client, why="impaired", way_home="ride", note="Called a ride", key="n1"
    )
    away = line(session, client).away
    assert (away.why, away.way_home, away.note) == ("impaired", "ride", "Called a ride")
    with pytest.raises(Refused, match="Choose"):
        actions.not_seated(by=desk, session=session, client=client, why="sad", way_home="ride", key="n2")


def test_somebody_who_does_not_belong_there_has_no_line(desk):
    session, _clients, _by = tonight()
    with pytest.raises(Refused, match="not in this group"):
        actions.arrive(by=desk, session=session, client=ClientFactory(), key="a1")


def test_an_absence_without_word_is_a_call_owed_until_its_outcome(desk):
    session, [client, *_], _by = tonight()
    AttendanceFactory(session=session, client=client, state="absent")
    [(owed_in, owed)] = queries.calls_owed(TODAY, POMONA)
    assert (owed_in, owed.client_id) == (session, client.pk)
    actions.record_call(by=desk, session=session, client=client, result="no_answer", key="c1")
    assert line(session, client).call_owed
    actions.record_call(by=desk, session=session, client=client, result="reached", note="Bus broke down", key="c2")
    assert queries.calls_owed(TODAY, POMONA) == []
    with pytest.raises(Refused, match="Choose"):
        actions.record_call(by=desk, session=session, client=client, result="shrug", key="c3")


def own_actor(client):
    return actor_of(client.account)


def test_a_client_says_that_they_are_late():
    session, [client, *_], _by = tonight(people=1)
    with_account = ClientFactory(with_account=True)
    from trellis.journey.schedule.tests.factories import EnrollmentFactory, EpisodeFactory

    EnrollmentFactory(episode=EpisodeFactory(client=with_account), series=session.series)
    by = own_actor(with_account)
    notice = actions.notify_late(by=by, client=with_account, session=session, minutes=20, reason="Traffic")
    assert (notice.kind, notice.minutes) == ("late", 20)
    told = line(session, with_account).notice
    assert (told.kind, told.minutes, told.words) == ("late", 20, "Traffic")
    with pytest.raises(NotPermitted):
        actions.notify_late(by=by, client=client, session=session, minutes=20)


@pytest.mark.parametrize("minutes", [0, 181])
def test_late_needs_minutes(desk, minutes):
    session, [client, *_], _by = tonight()
    with pytest.raises(Refused, match="1 to 180"):
        actions.notify_late(by=desk, client=client, session=session, minutes=minutes)


def test_an_absence_with_word_is_no_call_owed(desk):
    session, [client, *_], _by = tonight()
    actions.notify_cannot_come(by=desk, client=client, session=session, reason="Shift changed", key="n1")
    actions.notify_cannot_come(by=desk, client=client, session=session, reason="Shift changed", key="n1")
    AttendanceFactory(session=session, client=client, state="absent")
    assert not line(session, client).call_owed
    assert AbsenceNotice.objects.count() == 1


def test_somebody_can_come_after_all_and_both_facts_stay(desk):
    session, [client, *_], _by = tonight()
    actions.notify_cannot_come(by=desk, client=client, session=session, reason="Shift changed", key="n1")
    actions.notify_cannot_come(by=desk, client=client, session=session, key="n2")
    assert not line(session, client).missing
    undo = actions.can_come_after_all(by=desk, client=client, session=session)
    again = actions.can_come_after_all(by=desk, client=client, session=session)
    assert (again.pk, again.sent_before, undo.sent_before) == (undo.pk, True, False)
    seen = line(session, client)
    assert (seen.told, len(seen.taken_back), seen.back_at) == ((), 2, undo.recorded_at)
    assert seen.missing
    assert (AbsenceNotice.objects.count(), NoticeUndo.objects.count()) == (2, 2)
    AttendanceFactory(session=session, client=client, state="absent")
    assert line(session, client).call_owed


def week_of(client):
    return queries.week(client, queries.this_week(NOW), NOW)


@pytest.mark.usefixtures("pomona")
def test_the_week_plans_with_them_again(desk):
    session, [client, *_], _by = tonight()
    actions.notify_cannot_come(by=desk, client=client, session=session)
    assert [one.state for one in week_of(client).lines] == ["cannot_come"]
    actions.can_come_after_all(by=desk, client=client, session=session)
    assert [one.state for one in week_of(client).lines] == ["planned"]
    actions.notify_cannot_come(by=desk, client=client, session=session)
    assert [one.state for one in week_of(client).lines] == ["cannot_come"]


def test_whoever_will_be_late_comes(desk):
    session, [client, *_], _by = tonight()
    actions.notify_cannot_come(by=desk, client=client, session=session)
    for _ in range(2):
        actions.notify_late(by=desk, client=client, session=session, minutes=20, key="late")
    assert [told.kind for told in line(session, client).told] == ["late"]
    assert NoticeUndo.objects.count() == 1


def test_what_was_never_told_is_not_taken_back(desk, clock_at):
    session, [client, *_], _by = tonight()
    with pytest.raises(Refused, match="nothing to take back"):
        actions.can_come_after_all(by=desk, client=client, session=session)
    with pytest.raises(NotPermitted):
        actions.can_come_after_all(by=actor("biller"), client=client, session=session)
    actions.notify_cannot_come(by=desk, client=client, session=session)
    clock_at(session.ends_at + timedelta(minutes=1))
    with pytest.raises(Refused, match="is over"):
        actions.can_come_after_all(by=desk, client=client, session=session)


def test_a_notice_taken_back_stays_so():
    from django.db import DatabaseError, transaction

    from trellis.foundation.record.guard import writing

    notice = AbsenceNoticeFactory()
    with writing("test"):
        undo = NoticeUndo.objects.create(
            notice=notice, session=notice.session, client=notice.client, key="k", recorded_at=NOW, by="account:1"
        )
    with writing("test"), pytest.raises(DatabaseError, match="append"), transaction.atomic():
        undo.delete()


def test_a_notice_belongs_to_a_group_that_is_still_to_be(desk, clock_at):
    session, [client, *_], _by = tonight(cancelled=True)
    with pytest.raises(Refused, match="does not take place"):
        actions.notify_cannot_come(by=desk, client=client, session=session)
    session, [client, *_], _by = tonight()
    with pytest.raises(Refused, match="not in this group"):
        actions.notify_cannot_come(by=desk, client=ClientFactory(), session=session)
    clock_at(session.ends_at + timedelta(minutes=1))
    with pytest.raises(Refused, match="is over"):
        actions.notify_cannot_come(by=desk, client=client, session=session)


def test_hours_are_ordered_with_a_date_and_the_old_order_stays(desk):
    client, doctor = ClientFactory(), StaffMemberFactory()
    director = actor("medical_director")
    for minutes, since in ((540, TODAY - timedelta(days=30)), (360, TODAY)):
        actions.prescribe_hours(
            by=director, client=client, minutes_a_week=minutes, since=since, ordered_by=doctor, reason="Steps down"
        )
    assert [order.minutes_a_week for order in queries.prescribed(client)] == [360, 540]
    for minutes in (30, 3000):
        with pytest.raises(Refused, match="1 to 40"):
            actions.prescribe_hours(by=director, client=client, minutes_a_week=minutes, since=TODAY, ordered_by=doctor)
    with pytest.raises(NotPermitted):
        actions.prescribe_hours(by=desk, client=client, minutes_a_week=540, since=TODAY, ordered_by=doctor)


def test_a_leave_has_days_and_an_end():
    client, director = ClientFactory(), actor("clinical_director")
    leave = actions.record_leave(by=director, client=client, kind="hospital", since=TODAY)
    with pytest.raises(Refused, match="before the first"):
        actions.end_leave(by=director, leave=leave, until=TODAY - timedelta(days=1))
    actions.end_leave(by=director, leave=leave, until=TODAY + timedelta(days=2))
    with pytest.raises(Refused, match="ended already"):
        actions.end_leave(by=director, leave=leave, until=TODAY + timedelta(days=2))
    with pytest.raises(Refused, match="before the first"):
        actions.record_leave(by=director, client=client, kind="jail", since=TODAY, until=TODAY - timedelta(days=1))
    assert [event.verb for event in trail.about(f"client:{client.pk}")] == ["schedule.record_leave"] * 2


def test_after_silence_a_clinician_decides(pomona):
    director, clinician = actor("clinical_director"), StaffMemberFactory()
    client = ClientFactory(in_program=True)
    assert [one.client for one in queries.silent_clients(pomona.loaded_at)] == [client]
    with pytest.raises(Refused, match="why"):
        actions.decide_after_silence(by=director, client=client, decision="visit", reason=" ", decided_by=clinician)
    actions.decide_after_silence(
        by=director, client=client, decision="visit", reason="Counselor drives by", decided_by=clinician
    )
    assert queries.silent_clients(pomona.loaded_at) == []


def test_everybody_who_is_heard_from_is_not_silent(pomona, desk):
    from trellis.journey.schedule.tests.factories import LeaveFactory

    session, [here, told, called, away, silent], by = tonight(people=5)
    actions.mark(by=by, session=session, client=here, state="present", key="k1")
    actions.notify_cannot_come(by=desk, client=told, session=session)
    actions.record_call(by=desk, session=session, client=called, result="reached", key="c1")
    LeaveFactory(client=away)
    assert [one.client for one in queries.silent_clients(pomona.loaded_at)] == [silent]


def test_who_joined_a_short_while_ago_is_not_silent(pomona):
    from trellis.journey.schedule.tests.factories import EpisodeFactory

    EpisodeFactory(opened_on=TODAY - timedelta(days=6))
    assert queries.silent_clients(pomona.loaded_at) == []


def test_enrolled_reads_as_a_roster():
    session, clients, _by = tonight(people=2)
    assert {c.pk for c in clients} == {one.client_id for one in queries.lines_of([session.pk])[session.pk]}
    assert enrolled(session.series, 1, chosen_name="Zoe Quill")[0].chosen_name == "Zoe Quill"
