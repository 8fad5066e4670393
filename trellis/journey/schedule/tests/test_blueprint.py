"""A loaded blueprint becomes tracks and series; a changed one never rewrites what was."""

from datetime import date, time, timedelta

import pytest

from trellis.foundation.program import queries as program
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.actions.blueprint import keep_week
from trellis.journey.schedule.models import Series, Session, Track
from trellis.journey.schedule.tests.factories import (
    POMONA,
    SYSTEM,
    TODAY,
    AttendanceFactory,
    EnrollmentFactory,
    StaffMemberFactory,
    actor,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]
TOMORROW = TODAY + timedelta(days=1)


def series(key, **more):
    return Series.objects.get(key=key, **more)


def live(key):
    return Series.objects.get(key=key, until=None)


def load(**changes):
    """The loader at work on the shipped program with `{series key: {field: value}}` changed; None leaves one out."""
    whole = program.current()
    parts = [
        s if s.key not in changes else changes[s.key] and s.model_copy(update=changes[s.key]) for s in whole.series
    ]
    with writing("test"):
        return keep_week(SYSTEM, whole, whole.model_copy(update={"series": tuple(filter(None, parts))}))


def change(key, **fields):
    return load(**{key: fields})


def test_the_first_load_makes_the_week_from_that_day():
    skills = series("evening-wed-skills")
    assert (skills.weekday, skills.start, skills.since, skills.until) == (2, time(17, 30), TODAY, None)
    assert skills.room.key.startswith("room") or skills.room.key == "garden-room"
    assert (skills.group_min, skills.group_max, skills.below_countable, skills.above_countable) == (2, 12, True, False)
    assert [track.key for track in skills.tracks.all()] == ["evening"]
    assert Track.objects.get(key="evening").individual_minutes == 60


def test_the_same_week_again_changes_nothing():
    before = set(Series.objects.values_list("pk", flat=True))
    load_pomona(**{"silence_days = 7": "silence_days = 9"})
    assert set(Series.objects.values_list("pk", flat=True)) == before


def test_a_changed_series_is_a_new_row_from_tomorrow_and_the_past_keeps_the_old():
    actions.generate_sessions(by=SYSTEM)
    old = series("evening-wed-skills")
    tonight = old.sessions.get(planned_on=TODAY)
    change("evening-wed-skills", start=time(17))
    new = live("evening-wed-skills")
    old.refresh_from_db()
    tonight.refresh_from_db()
    assert (old.until, new.since, new.start) == (TODAY, TOMORROW, time(17))
    assert (tonight.series, tonight.starts_at.astimezone(POMONA).time()) == (old, time(17, 30))
    coming = Session.objects.filter(series=new)
    assert coming.exists()
    assert {one.starts_at.astimezone(POMONA).time() for one in coming} == {time(17)}
    assert not old.sessions.filter(planned_on__gt=TODAY).exists()
    assert actions.generate_sessions(by=SYSTEM).made == 0


def test_people_and_leaders_follow_the_new_row():
    actions.generate_sessions(by=SYSTEM)
    old = series("evening-wed-skills")
    running = EnrollmentFactory(series=old)
    starting = EnrollmentFactory(series=old, since=TODAY + timedelta(days=6))
    ending = EnrollmentFactory(series=old, until=TODAY + timedelta(days=10))
    gone = EnrollmentFactory(series=old, until=TODAY - timedelta(days=3))
    leader = StaffMemberFactory()
    actions.assign_facilitator(by=actor("clinical_director"), series=old, staff_member=leader, since=TOMORROW)
    change("evening-wed-skills", capacity=10)
    new = live("evening-wed-skills")
    for row in (running, starting, ending, gone):
        row.refresh_from_db()
    assert (running.until, starting.series, ending.until) == (TODAY, new, TODAY)
    assert (gone.series, gone.until) == (old, TODAY - timedelta(days=3))
    carried = {row.episode_id: row for row in new.enrollments.all()}
    assert set(carried) == {running.episode_id, starting.episode_id, ending.episode_id}
    assert carried[ending.episode_id].until == TODAY + timedelta(days=10)
    session = new.sessions.order_by("starts_at").first()
    assert queries.holds([session.pk])[session.pk].leader_ids == [leader.pk]
    assert running.episode.client_id in {line.client_id for line in queries.lines_of([session.pk])[session.pk]}


def test_a_session_that_was_moved_or_cancelled_keeps_its_exception():
    actions.generate_sessions(by=SYSTEM)
    director, old = actor("clinical_director"), series("evening-wed-skills")
    moved, cancelled = old.sessions.filter(planned_on__gt=TODAY).order_by("starts_at")[:2]
    actions.move_session(by=director, session=moved, starts_at=moved.starts_at - timedelta(hours=9))
    actions.cancel_session(by=director, session=cancelled, reason="closed")
    was = moved.starts_at
    change("evening-wed-skills", start=time(17))
    moved.refresh_from_db()
    cancelled.refresh_from_db()
    assert (moved.status, moved.starts_at, moved.series) == ("moved", was, live("evening-wed-skills"))
    assert (cancelled.status, cancelled.series) == ("cancelled", live("evening-wed-skills"))


def test_another_weekday_moves_the_rest_of_the_plan_within_each_week():
    actions.generate_sessions(by=SYSTEM)
    old = series("evening-wed-skills")
    before = old.sessions.filter(planned_on__gt=TODAY).count()
    change("evening-wed-skills", weekday="fri", room="garden-room")
    new = live("evening-wed-skills")
    assert {one.planned_on.weekday() for one in new.sessions.all()} == {4}
    assert new.sessions.count() == before
    assert new.sessions.first().changes.filter(kind="moved").exists()


def test_a_day_of_this_week_that_is_gone_is_not_moved_into_the_past():
    actions.generate_sessions(by=SYSTEM)
    thursday = series("evening-thu-psychoeducation").sessions.get(planned_on=TOMORROW + timedelta(days=7))
    change("evening-thu-psychoeducation", weekday="tue", room="garden-room")
    thursday.refresh_from_db()
    assert thursday.planned_on == TODAY + timedelta(days=6)
    new = live("evening-thu-psychoeducation")
    assert not new.sessions.filter(planned_on__lt=TOMORROW).exists()


def test_two_groups_may_trade_places_in_one_load():
    actions.generate_sessions(by=SYSTEM)
    one, two = (program.current().series_by_key(f"evening-thu-{way}") for way in ("twelve-step", "secular"))
    assert load(**{one.key: {"room": two.room}, two.key: {"room": one.room}}) == []
    held = queries.holds([s.pk for s in live(one.key).sessions.filter(status="planned")])
    assert {h.room_id for h in held.values()} == {live(one.key).room_id}


def test_what_is_taken_is_said_and_the_rest_is_kept():
    actions.generate_sessions(by=SYSTEM)
    two = program.current().series_by_key("evening-thu-secular")
    said = change("evening-thu-twelve-step", room=two.room)
    assert said
    assert all("is taken at that time by" in sentence for sentence in said)


def test_a_series_that_leaves_the_blueprint_ends_and_its_sessions_are_called_off():
    actions.generate_sessions(by=SYSTEM)
    row = EnrollmentFactory(series=series("evening-wed-skills"))
    attended = AttendanceFactory(session=series("evening-wed-skills").sessions.get(planned_on=TODAY))
    assert load(**{"evening-wed-skills": None}) == []
    gone = series("evening-wed-skills")
    row.refresh_from_db()
    assert (gone.until, row.until) == (TODAY, TODAY)
    ahead = gone.sessions.filter(planned_on__gt=TODAY).exclude(cancel_reason="holiday")
    assert {(one.status, one.cancel_reason) for one in ahead} == {("cancelled", "series_ended")}
    attended.session.refresh_from_db()
    assert attended.session.status == "planned"


def test_a_track_that_leaves_the_blueprint_ends_and_one_that_returns_is_the_same():
    whole = program.current()
    fewer = whole.model_copy(
        update={
            "tracks": tuple(t for t in whole.tracks if t.key != "young-adult"),
            "series": tuple(s for s in whole.series if "young-adult" not in s.tracks),
        }
    )
    with writing("test"):
        keep_week(SYSTEM, whole, fewer)
        assert Track.objects.get(key="young-adult").ended_on == TOMORROW
        keep_week(SYSTEM, fewer, whole)
    assert Track.objects.get(key="young-adult").ended_on is None
    assert Track.objects.filter(key="young-adult").count() == 1


def test_a_series_with_a_last_day_ends_on_it_and_one_with_a_first_day_waits():
    change("evening-wed-skills", first_day=date(2026, 12, 1), last_day=date(2026, 12, 20))
    row = series("evening-wed-skills", since=date(2026, 12, 1))
    assert row.until == date(2026, 12, 20)
    actions.generate_sessions(by=SYSTEM)
    assert [one.planned_on for one in row.sessions.order_by("starts_at")] == [
        date(2026, 12, 2), date(2026, 12, 9), date(2026, 12, 16),
    ]  # fmt: skip
    change("evening-wed-skills", first_day=date(2026, 12, 1), last_day=date(2026, 12, 20), minutes=85)
    assert Series.objects.filter(key="evening-wed-skills", until=date(2026, 12, 20)).count() == 1


def test_a_series_whose_last_day_is_gone_is_not_opened():
    change("evening-wed-skills", last_day=date(2026, 11, 1))
    assert not Series.objects.filter(key="evening-wed-skills", until=None).exists()
