from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.schedule.rules.dates import (
    Rule,
    dated,
    days,
    in_the_same_week,
    instants,
    last_day_ahead,
    whole_years,
)

POMONA = ZoneInfo("America/Los_Angeles")
A_DAY = st.dates(date(2020, 1, 1), date(2035, 12, 31))
EVENING = Rule(2, time(17, 30), 180, since=date(2026, 1, 1))


@given(A_DAY, st.integers(0, 6), st.integers(0, 100))
def test_a_series_meets_once_in_every_seven_days(first, weekday, more):
    rule = Rule(weekday, time(9), 60, since=first)
    found = days(rule, first, first + timedelta(days=more))
    assert all(day.weekday() == weekday and first <= day <= first + timedelta(days=more) for day in found)
    assert all(b - a == timedelta(days=7) for a, b in pairwise(found))
    assert (more + 1) // 7 <= len(found) <= more // 7 + 1


@given(A_DAY, st.integers(0, 60), st.integers(0, 60))
def test_a_series_does_not_meet_outside_its_own_days(since, length, around):
    rule = Rule(3, time(9), 60, since=since, until=since + timedelta(days=length))
    found = days(rule, since - timedelta(days=around), since + timedelta(days=length + around))
    assert all(since <= day <= since + timedelta(days=length) for day in found)


@pytest.mark.parametrize("change", [date(2026, 3, 8), date(2026, 11, 1)])
def test_a_group_at_half_past_five_stays_there_across_both_clock_changes(change):
    rule = Rule(change.weekday(), time(17, 30), 180, since=change - timedelta(days=7))
    made = dated(rule, change - timedelta(days=7), change + timedelta(days=7), POMONA, ())
    assert [d.starts_at.astimezone(POMONA).time() for d in made] == [time(17, 30)] * 3
    assert [d.ends_at.astimezone(POMONA).time() for d in made] == [time(20, 30)] * 3
    assert {d.ends_at - d.starts_at for d in made} == {timedelta(minutes=180)}


def test_the_two_changes_move_the_instant_by_an_hour():
    before, after = (instants(day, time(17, 30), 180, POMONA)[0] for day in (date(2026, 3, 7), date(2026, 3, 8)))
    assert after - before == timedelta(hours=23)
    before, after = (instants(day, time(17, 30), 180, POMONA)[0] for day in (date(2026, 10, 31), date(2026, 11, 1)))
    assert after - before == timedelta(hours=25)


def test_a_group_over_the_change_itself_keeps_its_real_minutes():
    starts_at, ends_at = instants(date(2026, 3, 8), time(1, 30), 60, POMONA)
    assert ends_at - starts_at == timedelta(minutes=60)
    assert ends_at.astimezone(POMONA).time() == time(3, 30)


def test_a_time_that_the_clock_skips_is_read_an_hour_later_and_one_shown_twice_is_the_first():
    assert instants(date(2026, 3, 8), time(2, 30), 60, POMONA)[0] == datetime(2026, 3, 8, 10, 30, tzinfo=UTC)
    assert instants(date(2026, 11, 1), time(1, 30), 60, POMONA)[0] == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


@given(A_DAY, st.times().map(lambda t: t.replace(second=0, microsecond=0)), st.integers(10, 720))
def test_a_session_is_as_long_as_its_rule_says_whatever_the_day(day, start, minutes):
    starts_at, ends_at = instants(day, start, minutes, POMONA)
    assert ends_at - starts_at == timedelta(minutes=minutes)


def test_a_holiday_stays_in_the_list_and_says_so():
    made = dated(EVENING, date(2026, 11, 23), date(2026, 12, 6), POMONA, {date(2026, 11, 25)})
    assert [(d.day, d.holiday) for d in made] == [(date(2026, 11, 25), True), (date(2026, 12, 2), False)]


@given(A_DAY, st.integers(0, 6))
def test_a_changed_weekday_stays_in_the_same_week(day, weekday):
    moved = in_the_same_week(day, weekday)
    assert moved.weekday() == weekday
    assert moved.isocalendar()[:2] == day.isocalendar()[:2]


@given(A_DAY, st.integers(1, 52))
def test_sessions_are_made_to_the_end_of_a_week(today, weeks):
    last = last_day_ahead(today, weeks)
    assert last.weekday() == 6
    assert timedelta(days=7 * weeks) <= last - today <= timedelta(days=7 * weeks + 6)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2004, 2, 29), date(2025, 2, 28), 20),
        (date(2004, 2, 29), date(2025, 3, 1), 21),
        (date(1990, 6, 5), date(2026, 6, 4), 35),
        (date(1990, 6, 5), date(2026, 6, 5), 36),
    ],
)
def test_age_is_counted_in_whole_years(born, on, age):
    assert whole_years(born, on) == age
