"""A meeting at 19:30 is at 19:30 all year; what comes next is next, at every hour and for every zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trellis.foundation.places.rules import when

LA = ZoneInfo("America/Los_Angeles")
NY = ZoneInfo("America/New_York")
NAMES = (
    "America/Los_Angeles", "America/New_York", "America/Phoenix", "America/St_Johns", "Asia/Tehran", "Asia/Kathmandu",
    "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "Pacific/Apia", "UTC",
)  # fmt: skip
zones = st.sampled_from(NAMES)
nows = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)).map(
    lambda d: d.replace(second=0, microsecond=0, tzinfo=UTC)
)
week_minutes = st.integers(0, when.WEEK - 1)
SPRING = datetime(2027, 3, 14, 9, 50, tzinfo=UTC)  # 1:50 in Los Angeles: ten minutes before an hour is skipped
AUTUMN = datetime(2026, 11, 1, 9, 10, tzinfo=UTC)  # 1:10 for the second time
SUNDAY_230 = 2 * 60 + 30
SUNDAY_130 = 60 + 30


def at(zone, *parts):
    return datetime(*parts, tzinfo=zone).astimezone(UTC)


def wall(minute):
    return time(minute % when.DAY // 60, minute % 60)


def skipped_or_doubled(begins, zone):
    there = begins.astimezone(zone)
    return {(begins + timedelta(hours=h)).astimezone(zone).utcoffset() for h in (-2, 0, 2)} != {there.utcoffset()}


@given(zones, nows, week_minutes)
@example("America/Los_Angeles", datetime(2027, 3, 13, 20, 0, tzinfo=UTC), when.DAY + 19 * 60 + 30)
def test_a_meeting_is_at_its_own_time_on_its_own_day_all_year(name, now, minute):
    zone = ZoneInfo(name)
    starts = when.next_starts(minute // when.DAY, wall(minute), zone, now, most=60)
    assert len(starts) == 60
    assert starts == sorted(set(starts))
    for begins in starts:
        there = begins.astimezone(zone)
        if not skipped_or_doubled(begins, zone):
            assert (when.weekday(there), there.time()) == (minute // when.DAY, wall(minute))


@given(zones, nows, week_minutes)
def test_the_next_one_is_the_first_that_began_at_most_a_quarter_of_an_hour_ago(name, now, minute):
    first = when.next_starts(minute // when.DAY, wall(minute), ZoneInfo(name), now)[0]
    assert now - timedelta(minutes=when.LATE) <= first <= now + timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ((2026, 11, 28, 20, 0), (2026, 11, 28, 23, 55)),  # Saturday evening, and Sunday in UTC
        ((2026, 11, 29, 0, 5), (2026, 11, 28, 23, 55)),  # ten minutes ago it was Saturday
        ((2026, 11, 29, 0, 20), (2026, 12, 5, 23, 55)),
    ],
)
def test_the_evening_belongs_to_the_day_on_the_wall(now, begins):
    assert when.next_starts(6, time(23, 55), LA, at(LA, *now)) == [at(LA, *begins)]


def test_half_past_seven_stays_half_past_seven_when_the_clock_is_changed():
    before, after = when.next_starts(6, time(19, 30), LA, at(LA, 2027, 3, 13, 12), most=2)
    assert (before, after) == (at(LA, 2027, 3, 13, 19, 30), at(LA, 2027, 3, 20, 19, 30))
    assert after - before == timedelta(days=7, hours=-1)


def test_a_time_that_the_clock_skips_comes_when_it_has_moved_on():
    assert when.next_starts(0, time(2, 30), LA, SPRING) == [at(LA, 2027, 3, 14, 3, 30)]


def test_a_time_that_comes_twice_is_held_the_first_time():
    early = at(LA, 2026, 10, 31, 20)
    assert when.next_starts(0, time(1, 30), LA, early) == [datetime(2026, 11, 1, 8, 30, tzinfo=UTC)]
    assert when.next_starts(0, time(1, 30), LA, AUTUMN)[0].astimezone(LA).date() == date(2026, 11, 8)


# --- the coming week as a database compares it ------------------------------------------------------------------------


def shift_of(stretches, minute):
    found = [stretch for stretch in stretches if stretch.first <= minute < stretch.until]
    assert len(found) == 1, "every minute of the week stands there once"
    return found[0].shift


@given(zones, nows, week_minutes)
@example("America/Los_Angeles", SPRING, SUNDAY_230)
@example("America/Los_Angeles", SPRING, 4 * 60)
@example("America/Los_Angeles", SPRING - timedelta(days=7), SUNDAY_230)
@example("America/Los_Angeles", AUTUMN, SUNDAY_130)
@example("America/Los_Angeles", AUTUMN - timedelta(hours=3), 2 * 60)
@example("America/Los_Angeles", AUTUMN - timedelta(days=7), SUNDAY_130)
def test_minutes_from_now_are_those_to_the_next_beginning(name, now, minute):
    zone = ZoneInfo(name)
    begins = when.next_starts(minute // when.DAY, wall(minute), zone, now)[0]
    ahead = minute + shift_of(when.coming_week(name, zone, now), minute)
    assert ahead == (begins - now) / timedelta(minutes=1)


@given(zones, nows)
@example("America/Los_Angeles", SPRING)
@example("America/Los_Angeles", AUTUMN)
def test_a_week_is_few_stretches_and_whole(name, now):
    stretches = when.coming_week(name, ZoneInfo(name), now)
    assert sum(stretch.until - stretch.first for stretch in stretches) == when.WEEK
    assert len(stretches) <= 8


def test_what_comes_first_is_first_across_zones():
    now = at(LA, 2026, 11, 28, 21, 0)
    here = 6 * when.DAY + 21 * 60 + 30 + shift_of(when.coming_week("here", LA, now), 6 * when.DAY + 21 * 60 + 30)
    there = 0 * when.DAY + 10 + shift_of(when.coming_week("there", NY, now), 10)  # Sunday 0:10 in New York
    assert (there, here) == (10, 30)


def test_zones_that_do_not_change_their_clock_drift_from_those_that_do():
    now = at(LA, 2027, 3, 13, 20)
    phoenix = ZoneInfo("America/Phoenix")
    monday_noon = when.DAY + 12 * 60
    here, there = (shift_of(when.coming_week("z", zone, now), monday_noon) for zone in (LA, phoenix))
    assert here == there  # the same wall once the hour is skipped, though an hour lies between them tonight


# --- days and parts of days -------------------------------------------------------------------------------------------


def tonight(now, zone=LA):
    return when.windows("today", "evening", zone, now)


def holds(windows, now, moment):
    return any(start <= (moment - now) / timedelta(minutes=1) < end for start, end in windows)


@pytest.mark.parametrize(("hour", "minute"), [(18, 0), (23, 50)])
def test_before_midnight_tonight_goes_on_until_four(hour, minute):
    now = at(LA, 2026, 11, 28, hour, minute)
    assert holds(tonight(now), now, at(LA, 2026, 11, 29, 0, 30))
    assert holds(when.windows("today", "", LA, now), now, at(LA, 2026, 11, 29, 0, 30))
    assert not holds(tonight(now), now, at(LA, 2026, 11, 29, 4, 0))
    assert not holds(tonight(now), now, at(LA, 2026, 11, 29, 19, 30))


def test_ten_past_midnight_is_still_the_night():
    now = at(LA, 2026, 11, 29, 0, 10)
    assert holds(tonight(now), now, at(LA, 2026, 11, 29, 0, 30))
    assert holds(tonight(now), now, at(LA, 2026, 11, 28, 23, 58)), "it began twelve minutes ago"
    assert holds(tonight(now), now, at(LA, 2026, 11, 29, 19, 30)), "and the evening of this day is to come"
    assert not holds(tonight(now), now, at(LA, 2026, 11, 29, 12, 0))
    assert holds(when.windows("today", "", LA, now), now, at(LA, 2026, 11, 28, 23, 58))
    assert not holds(when.windows("tomorrow", "evening", LA, now), now, at(LA, 2026, 11, 29, 0, 30))


@pytest.mark.parametrize(("hour", "minute"), [(23, 50), (0, 10)])
def test_tonight_is_ours_for_a_meeting_online_in_another_zone(hour, minute):
    now = at(LA, 2026, 11, 28 if hour else 29, hour, minute)
    begins = at(NY, 2026, 11, 29, 3, 30)  # half past midnight here
    assert holds(tonight(now), now, begins)
    early = at(NY, 2026, 11, 29, 7, 30)  # half past four here
    assert not holds(tonight(now), now, early)


@given(nows, zones, st.sampled_from(["", "today", "tomorrow", *"0123456"]), st.sampled_from(["", *when.PARTS]))
def test_a_window_is_of_the_day_and_part_that_was_asked_for(now, name, day, part):
    zone = ZoneInfo(name)
    today = now.astimezone(zone).date()
    found = when.windows(day, part, zone, now)
    assert found or day == "today"
    for start, end in found:
        assert -when.LATE <= start < end
        # Seen four hours earlier, an evening ends on its own day.
        first = (now + timedelta(minutes=start) - timedelta(minutes=0 if part != "evening" else 240)).astimezone(zone)
        if day == "tomorrow":
            assert first.date() >= today or part == "evening"
        if day.isdecimal() and start > -when.LATE and not skipped_or_doubled(now + timedelta(minutes=start), zone):
            assert when.weekday(first) == int(day)


@given(nows, zones)
def test_the_parts_of_all_days_leave_nothing_out(now, name):
    zone = ZoneInfo(name)
    every = sorted(w for part in when.PARTS for w in when.windows("", part, zone, now))
    reach = -when.LATE
    for start, end in every:
        assert start <= reach, "a hole between two parts"
        reach = max(reach, end)
    assert reach >= when.WEEK


def test_any_day_is_the_whole_week():
    assert when.windows("", "", LA, SPRING) == when.ALL


@given(zones, nows, st.lists(st.tuples(st.integers(-20, 9000), st.integers(1, 2000))))
def test_a_stretch_within_windows_is_as_far_away_as_they_say(name, now, given_windows):
    spans = [(start, start + length) for start, length in given_windows]
    for stretch in when.coming_week(name, ZoneInfo(name), now):
        for inside in stretch.within(spans):
            assert stretch.first <= inside.first < inside.until <= stretch.until
            assert any(s <= inside.first + inside.shift and inside.until + inside.shift <= e for s, e in spans)
