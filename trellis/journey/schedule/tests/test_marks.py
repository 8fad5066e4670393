"""Attendance: added, never changed, kept once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit import trail
from trellis.foundation.record.guard import writing
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.actions import marks
from trellis.journey.schedule.models import Attendance, AttendanceUndo, RosterAddition
from trellis.journey.schedule.tests.factories import (
    NOW,
    AttendanceFactory,
    ClientFactory,
    SessionFactory,
    actor,
    tonight,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tonight_at")]


def mark(by, session, client, state="present", key="k1", **more):
    return actions.mark(by=by, session=session, client=client, state=state, key=key, **more)


def state_of(session, client):
    lines = queries.lines_of([session.pk])[session.pk]
    return next(line.state for line in lines if line.client_id == client.pk)


def test_a_mark_is_a_row_with_who_and_when():
    session, [client, *_], by = tonight()
    made = mark(by, session, client, "late", arrived_late_minutes=17, reason="Bus")
    assert (made.state, made.arrived_late_minutes, made.reason) == ("late", 17, "Bus")
    assert (made.by, made.recorded_at, made.late_entry) == (by.name, NOW, False)
    assert state_of(session, client) == "late"


def test_a_mark_is_one_audit_event_about_the_client():
    session, [client, *_], by = tonight()
    mark(by, session, client)
    [event] = trail.about(f"client:{client.pk}")
    assert (event.verb, event.object, event.actor) == ("schedule.mark", f"session:{session.pk}", by.name)


def test_the_same_key_again_is_the_same_mark():
    session, [client, *_], by = tonight()
    first = mark(by, session, client)
    again = mark(by, session, client, "absent")
    assert again.pk == first.pk
    assert Attendance.objects.count() == 1
    assert again.state == "present"


def test_a_key_of_somebody_else_is_refused():
    session, [client, other, *_], by = tonight()
    mark(by, session, client)
    with pytest.raises(Refused, match="same key"):
        mark(by, session, other)
    with pytest.raises(Refused, match="same key"):
        actions.mark_all(by=by, session=session, entries=[actions.Entry(other, "present", "k1")])


@pytest.mark.parametrize("key", ["", "x" * 65])
def test_a_mark_needs_a_sound_key(key):
    session, [client, *_], by = tonight()
    with pytest.raises(Refused, match="Open the page again"):
        mark(by, session, client, key=key)


def test_a_later_mark_stands_beside_the_first():
    session, [client, *_], by = tonight()
    mark(by, session, client, "absent", "k1")
    mark(by, session, client, "present", "k2")
    assert Attendance.objects.count() == 2
    assert state_of(session, client) == "present"


def test_undo_takes_every_mark_back_and_is_kept_once():
    session, [client, *_], by = tonight()
    mark(by, session, client, "absent", "k1")
    mark(by, session, client, "present", "k2")
    undone = actions.undo(by=by, session=session, client=client, key="u1")
    assert state_of(session, client) == "none"
    assert actions.undo(by=by, session=session, client=client, key="u1") is None
    assert list(AttendanceUndo.objects.all()) == [undone]
    assert Attendance.objects.count() == 2
    mark(by, session, client, "late", "k3", arrived_late_minutes=5)
    assert state_of(session, client) == "late"


def test_undo_without_a_mark_changes_nothing():
    session, [client, *_], by = tonight()
    assert actions.undo(by=by, session=session, client=client, key="u1") is None


@pytest.mark.parametrize(
    ("state", "more", "words"),
    [
        ("here", {}, "Choose one of the marks"),
        ("late", {}, "how many minutes"),
        ("late", {"arrived_late_minutes": 400}, "longer than the group"),
        ("present", {"left_early_minutes": 5}, "go with the marks"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_with_a_sentence(state, more, words):
    session, [client, *_], by = tonight()
    with pytest.raises(Refused, match=words):
        mark(by, session, client, state, **more)
    assert not Attendance.objects.exists()


def test_nobody_is_marked_in_a_cancelled_group():
    session, [client, *_], by = tonight(cancelled=True)
    with pytest.raises(Refused, match="cancelled"):
        mark(by, session, client)


def test_nobody_is_marked_before_the_doors_open(clock_at):
    session, [client, *_], by = tonight()
    clock_at(session.starts_at - timedelta(hours=2))
    with pytest.raises(Refused, match="has not begun"):
        mark(by, session, client)
    assert mark(by, session, client, "excused").state == "excused"


def test_somebody_outside_the_roster_is_added_first():
    session, _clients, by = tonight()
    guest = ClientFactory(in_program=True)
    with pytest.raises(Refused, match="Add them"):
        mark(by, session, guest)
    actions.add_to_roster(by=by, session=session, client=guest, key="a1", reason="Makes up Monday")
    assert mark(by, session, guest).state == "present"


def test_adding_twice_is_adding_once_and_who_is_there_is_not_added():
    session, [client, *_], by = tonight()
    guest = ClientFactory(in_program=True)
    first = actions.add_to_roster(by=by, session=session, client=guest, key="a1")
    assert actions.add_to_roster(by=by, session=session, client=guest, key="a1") == first
    with pytest.raises(Refused, match="already"):
        actions.add_to_roster(by=by, session=session, client=client, key="a2")
    assert RosterAddition.objects.count() == 1


def test_nobody_is_added_to_a_cancelled_group():
    session, _clients, by = tonight(cancelled=True)
    with pytest.raises(Refused, match="cancelled"):
        actions.add_to_roster(by=by, session=session, client=ClientFactory(), key="a1")


def test_a_facilitator_marks_their_own_group_and_no_other():
    session, [client, *_], _by = tonight()
    stranger = actor("group_facilitator")
    with pytest.raises(NotPermitted):
        mark(stranger, session, client)


@pytest.mark.parametrize(("role", "may"), [("clinical_director", True), ("front_desk", False), ("biller", False)])
def test_other_roles_mark_as_the_table_says(role, may):
    session, [client, *_], _by = tonight()
    if may:
        assert mark(actor(role), session, client)
    else:
        with pytest.raises(NotPermitted):
            mark(actor(role), session, client)


def test_a_mark_after_the_program_day_says_so(pomona, clock_at):
    session, [client, other, *_], by = tonight()
    clock_at(session.ends_at + timedelta(minutes=30))
    assert mark(by, session, client).late_entry is False
    clock_at(session.ends_at + timedelta(hours=9))
    assert mark(by, session, other, key="k2").late_entry is True


def test_ten_marks_go_in_one_act():
    session, clients, by = tonight(people=10)
    entries = [actions.Entry(client, "present", f"k{n}") for n, client in enumerate(clients)]
    assert len(actions.mark_all(by=by, session=session, entries=entries)) == 10
    again = actions.mark_all(by=by, session=session, entries=entries)
    assert {row.key for row in again} == {f"k{n}" for n in range(10)}
    assert Attendance.objects.count() == 10
    assert len(trail.about(f"client:{clients[0].pk}")) == 2


def test_one_unsound_mark_of_many_keeps_none():
    session, [one, two, *_], by = tonight()
    entries = [actions.Entry(one, "present", "k1"), actions.Entry(two, "late", "k2")]
    with pytest.raises(Refused):
        actions.mark_all(by=by, session=session, entries=entries)
    with pytest.raises(Refused, match="Add them"):
        actions.mark_all(by=by, session=session, entries=[actions.Entry(ClientFactory(), "present", "k3")])
    assert not Attendance.objects.exists()


def test_the_same_key_twice_in_one_request_is_one_mark():
    session, [one, *_], by = tonight()
    actions.mark_all(by=by, session=session, entries=[actions.Entry(one, "present", "k1")] * 2)
    assert Attendance.objects.count() == 1


def test_a_key_that_arrives_in_the_same_moment_is_kept_once(monkeypatch):
    session, [one, *_], by = tonight()
    first = AttendanceFactory(session=session, client=one, key="k1")
    # The look for keys that were sent before happened a moment too early.
    real = Attendance.objects.filter
    monkeypatch.setattr(Attendance.objects, "filter", lambda **kw: real(pk=0) if "key__in" in kw else real(**kw))
    [kept] = actions.mark_all(by=by, session=session, entries=[actions.Entry(one, "present", "k1")])
    assert kept == first


def test_a_fault_of_the_database_that_is_no_repeated_key_is_not_hidden():
    session, [client, *_], _by = tonight()
    unsaved = Attendance(session=session, client=client, key="k", state="present", recorded_at=None, by="x")
    with writing("test"), pytest.raises(IntegrityError), transaction.atomic():
        marks.keep_once(unsaved)


def test_the_database_refuses_to_change_or_delete_a_mark():
    row = AttendanceFactory()
    for act in (lambda: Attendance.objects.filter(pk=row.pk).update(state="absent"), row.delete):
        with writing("test"), pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


def test_a_mark_costs_few_statements(statements):
    session, clients, by = tonight(people=10)
    shown = queries.session_for(by, session.public_id)
    client = queries.client_on(session, clients[0].public_id)
    with statements() as seen:
        mark(by, shown, client)
    assert len(seen) == 2  # the mark and its audit event
    entries = [actions.Entry(client, "present", f"m{n}") for n, client in enumerate(clients)]
    with statements() as seen:
        actions.mark_all(by=by, session=shown, entries=entries)
    assert len(seen) == 4


def test_the_leader_of_the_host_marks_those_who_join_for_the_night():
    host, _clients, by = tonight()
    other, [client, *_], _other_leader = tonight(series__key="joined")
    with pytest.raises(NotPermitted):
        mark(by, other, client)
    actions.join_sessions(by=by, host=host, session=other)
    assert mark(by, other, client).session == other
    assert mark(by, queries.session_for(by, other.public_id), client, key="k2")


def test_a_session_that_was_read_for_nobody_is_asked_about(tonight_at):
    from trellis.foundation.access.actor import Actor
    from trellis.foundation.access.permissions import may

    session = SessionFactory()
    nobody = Actor()
    assert not may(nobody, "schedule.mark", queries.session_for(nobody, session.public_id))


def test_own_group_is_said_of_sessions_only():
    _session, [client, *_], by = tonight()
    from trellis.foundation.access.permissions import may

    assert not may(by, "schedule.mark", client)
