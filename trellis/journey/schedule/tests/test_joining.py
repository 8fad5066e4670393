"""Two groups in one room for a night, and apart again: the joining stays on record, its taking back beside it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse

from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.record.guard import writing
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.models import Booking, JoinedSession, JoinedSessionUndo, Session
from trellis.journey.schedule.tests.factories import (
    NOW,
    BookingFactory,
    RoomFactory,
    SessionFactory,
    actor,
    browser_of,
    tonight,
)

RACERS = 8


@pytest.fixture
def joined(pomona):
    """Two groups of one person each that sit together tonight, and who leads the host."""
    host, [one], by = tonight(people=1)
    room = RoomFactory()
    other, [two], _by = tonight(people=1, in_room=room, series__names={"en": "Family education", "es": "Familia"})
    actions.join_sessions(by=by, host=host, session=other)
    return host, other, one, two, by, room


def rooms_of(session):
    return [one.room for one in Booking.objects.filter(session=session, released=False, room__isnull=False)]


def changes(session):
    return list(session.changes.order_by("pk").values_list("kind", flat=True))


def test_a_joining_taken_back_leaves_both_facts_and_the_room_is_theirs_again(joined):
    host, other, _one, _two, by, room = joined
    assert rooms_of(other) == []
    undo = actions.take_joining_back(by=by, host=host, session=other)
    assert undo.joining == JoinedSession.objects.get()
    assert undo.by == by.name
    assert rooms_of(other) == [room]
    assert changes(other) == ["joined", "apart"]
    assert Session.objects.get(pk=other.pk).joins is None


def test_taking_back_twice_is_once(joined):
    host, other, _one, _two, by, _room = joined
    actions.take_joining_back(by=by, host=host, session=other)
    assert actions.take_joining_back(by=by, host=host, session=other) is None
    assert JoinedSessionUndo.objects.count() == 1
    assert changes(other) == ["joined", "apart"]


def test_groups_that_were_never_joined_have_nothing_to_take_back(pomona):
    host, _clients, by = tonight()
    assert actions.take_joining_back(by=by, host=host, session=SessionFactory()) is None


def test_they_may_be_joined_again(joined):
    host, other, _one, _two, by, _room = joined
    actions.take_joining_back(by=by, host=host, session=other)
    actions.join_sessions(by=by, host=host, session=Session.objects.get(pk=other.pk))
    assert JoinedSession.objects.count() == 2
    assert Session.objects.get(pk=other.pk).joins == host
    actions.take_joining_back(by=by, host=host, session=other)
    assert JoinedSessionUndo.objects.count() == 2


def test_neither_fact_is_changed_or_deleted(joined):
    host, other, _one, _two, by, _room = joined
    actions.take_joining_back(by=by, host=host, session=other)
    for model in (JoinedSession, JoinedSessionUndo):
        for act in (lambda rows: rows.update(by="account:9"), lambda rows: rows._raw_delete("default")):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), writing("test"):
                act(model.objects.all())


def test_minutes_follow_the_rooms_as_they_are(joined):
    host, other, one, two, by, _room = joined
    week = queries.this_week(NOW)
    actions.mark(by=by, session=host, client=one, state="present", key="k1")
    actions.mark(by=by, session=other, client=two, state="present", key="k2")
    assert queries.week(two, week, NOW).lines[0].how.size == ""
    actions.take_joining_back(by=by, host=host, session=other)
    assert queries.week(two, week, NOW).lines[0].how.size == "below"
    assert queries.week(one, week, NOW).lines[0].how.counts_as == "individual"


def test_a_room_that_somebody_else_has_by_now_stays_theirs(joined):
    host, other, _one, _two, by, room = joined
    third = SessionFactory(in_room=room)
    assert actions.take_joining_back(by=by, host=host, session=other)
    assert rooms_of(third) == [room]
    assert rooms_of(other) == []


def test_a_group_that_never_had_a_room_has_none_after_it(pomona):
    host, _clients, by = tonight()
    other = SessionFactory()
    actions.join_sessions(by=by, host=host, session=other)
    actions.take_joining_back(by=by, host=host, session=other)
    assert rooms_of(other) == []


def test_a_group_that_was_cancelled_since_takes_no_room(joined):
    host, other, _one, _two, by, _room = joined
    actions.cancel_session(by=actor("clinical_director"), session=other, reason="closed")
    assert actions.take_joining_back(by=by, host=host, session=other)
    assert rooms_of(other) == []


def test_a_page_that_is_out_of_date_joins_nothing_twice(joined):
    """The row was read before another device joined the groups; the act looks again."""
    host, other, _one, _two, by, _room = joined
    stale = Session(pk=other.pk, series=other.series, planned_on=other.planned_on, starts_at=other.starts_at,
                    ends_at=other.ends_at)  # fmt: skip
    with pytest.raises(Refused, match="joined"):
        actions.join_sessions(by=by, host=host, session=stale)


def test_only_who_leads_the_host_takes_it_back(joined):
    host, other, *_rest = joined
    with pytest.raises(NotPermitted):
        actions.take_joining_back(by=actor("front_desk"), host=host, session=other)
    later = SessionFactory(planned_on=host.planned_on + timedelta(days=1))
    assert later.joins is None


# --- on the page ------------------------------------------------------------------------------------------------------


def url(name, session):
    return reverse(f"schedule:{name}", args=[session.public_id])


def test_one_tap_in_the_room_takes_it_back(joined):
    host, other, _one, two, by, _room = joined
    browser = browser_of(by)
    page = browser.get(url("room", host)).content.decode()
    assert "The groups are joined tonight." in page
    assert f'action="{url("apart", host)}"' in page
    for _ in range(2):
        answer = browser.post(url("apart", host), {"session": other.public_id})
        assert answer.url == url("room", host)
    page = browser.get(answer.url).content.decode()
    assert "apart again, each in its own room" in page
    assert two.public_id not in page
    assert JoinedSessionUndo.objects.count() == 1


def test_the_page_says_when_the_room_is_taken(joined):
    host, other, _one, _two, by, room = joined
    SessionFactory(in_room=room)
    browser = browser_of(by)
    browser.post(url("apart", host), {"session": other.public_id})
    assert "it needs one" in browser.get(url("room", host)).content.decode()


def test_a_group_that_is_not_there_is_not_found(joined):
    host, *_rest, by, _room = joined
    browser = browser_of(by)
    assert browser.post(url("apart", host), {"session": "nothing"}).status_code == 404
    assert browser.get(url("apart", host)).status_code == 405


def test_a_lone_group_offers_nothing_to_take_back(pomona):
    host, _clients, by = tonight()
    BookingFactory(session=host, room=RoomFactory())
    assert "data-apart" not in browser_of(by).get(url("room", host)).content.decode()


# --- at once ----------------------------------------------------------------------------------------------------------


def race(act):
    start = Barrier(RACERS)

    def run(number):
        try:
            start.wait()
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(RACERS) as pool:
        return sum(pool.map(run, range(RACERS)))


def test_of_eight_who_join_and_eight_who_part_at_once_one_each_does(committed_db, clock_at):
    from trellis.foundation import clock

    clock_at(NOW)
    host, _clients, by = tonight()
    other = SessionFactory(in_room=RoomFactory())

    def join(_number):
        with clock.travel(NOW):
            try:
                actions.join_sessions(by=by, host=host, session=Session.objects.get(pk=other.pk))
            except Refused:
                return False
            return True

    def part(_number):
        with clock.travel(NOW):
            return actions.take_joining_back(by=by, host=host, session=Session.objects.get(pk=other.pk)) is not None

    assert race(join) == 1
    assert race(part) == 1
    assert (JoinedSession.objects.count(), JoinedSessionUndo.objects.count()) == (1, 1)
    assert len(rooms_of(other)) == 1
