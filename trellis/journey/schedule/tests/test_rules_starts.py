"""Sessions before somebody's first day that were never made."""

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.schedule.rules.minutes import total
from trellis.journey.schedule.rules.starts import Joined, never_made

POMONA = ZoneInfo("America/Los_Angeles")
MONDAY = date(2026, 11, 23)
WEDNESDAY = MONDAY + timedelta(days=2)
GROUP = Joined(1, WEDNESDAY, 0, time(17, 30), 195, 90, 15, True)


def minutes(*groups, week_start=MONDAY, made=()):
    return total(never_made(groups, week_start, made, POMONA))


def test_the_group_of_monday_is_missing_for_whoever_begins_on_wednesday():
    assert minutes(GROUP, replace(GROUP, series=2, weekday=2), replace(GROUP, series=3, weekday=3)) == 180


@pytest.mark.parametrize(
    "other",
    [
        replace(GROUP, since=MONDAY),  # begins with the week
        replace(GROUP, since=MONDAY - timedelta(days=40)),  # was here before
        replace(GROUP, weekday=2),  # meets on the first day
        replace(GROUP, countable=False),
    ],
)
def test_nothing_is_missing_for_others(other):
    assert minutes(other) == 0


def test_what_there_is_a_session_of_speaks_for_itself():
    assert minutes(GROUP, made={(1, MONDAY)}) == 0
    assert minutes(GROUP, made={(2, MONDAY), (1, WEDNESDAY)}) == 180


def test_whoever_was_in_another_group_before_does_not_begin_now():
    assert minutes(GROUP, replace(GROUP, series=2, since=MONDAY)) == 0


def test_a_group_that_comes_later_in_the_week_is_no_part_of_the_start():
    assert minutes(GROUP, replace(GROUP, series=2, weekday=1, since=WEDNESDAY + timedelta(days=1))) == 180


def test_nobody_who_is_in_no_group_lacks_anything():
    assert minutes() == 0


def test_two_groups_at_one_time_lack_each_minute_once():
    assert minutes(GROUP, replace(GROUP, series=2)) == 180


@pytest.mark.parametrize("sunday", [date(2026, 3, 8), date(2026, 11, 1)])
def test_a_week_may_begin_on_sunday_also_where_the_clock_changes(sunday):
    begins = replace(GROUP, weekday=6, since=sunday + timedelta(days=1))
    assert minutes(begins, week_start=sunday) == 180


GROUPS = st.builds(
    Joined,
    series=st.integers(1, 9),
    since=st.sampled_from([MONDAY + timedelta(days=n) for n in range(-3, 7)]),
    weekday=st.integers(0, 6),
    start=st.builds(time, st.integers(0, 23)),
    minutes=st.integers(10, 240),
    break_after=st.just(0),
    break_minutes=st.integers(0, 9),
    countable=st.booleans(),
)


@given(st.lists(GROUPS, max_size=6))
def test_what_is_missing_lies_before_the_first_day_and_is_never_more_than_the_groups_hold(groups):
    first = min((group.since for group in groups), default=MONDAY)
    begin_with = [g for g in groups if g.since == first and MONDAY + timedelta(days=g.weekday) < first]
    missing = minutes(*groups)
    assert 0 <= missing <= sum(g.minutes - g.break_minutes for g in begin_with if g.countable)
    assert (missing > 0) == any(g.countable for g in begin_with)


@given(st.lists(GROUPS, max_size=6))
def test_nothing_is_missing_once_every_session_was_made(groups):
    every = {(group.series, MONDAY + timedelta(days=n)) for group in groups for n in range(7)}
    assert minutes(*groups, made=every) == 0
