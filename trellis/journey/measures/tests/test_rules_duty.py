from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.measures.rules.duty import Shift, next_shift, on_duty

ZONE = ZoneInfo("America/Los_Angeles")
ALL = frozenset(range(7))
DAY = Shift(frozenset(range(5)), time(8, 30), time(18), (("therapist", "counselor"), ("director",)))
NIGHT = Shift(ALL, time(18), time(8, 30), (("director",), ("doctor",)))


def at(day: int, hour: int, minute: int = 0, month: int = 11, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE, fold=fold)


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (at(23, 8, 29), ("director",)),  # a Monday, still the night of Sunday
        (at(23, 8, 30), ("therapist", "counselor")),
        (at(23, 17, 59), ("therapist", "counselor")),
        (at(23, 18), ("director",)),
        (at(24, 0), ("director",)),
    ],
)
def test_a_shift_begins_with_its_minute_ends_before_its_last_and_crosses_midnight(now, first):
    assert on_duty((DAY, NIGHT), now)[0] == first


def test_on_a_saturday_between_two_nights_nobody_is_on_duty_and_the_next_shift_is_told():
    noon = at(28, 12)
    assert on_duty((DAY, NIGHT), noon) == ()
    assert next_shift((DAY, NIGHT), noon) == at(28, 18)
    assert next_shift((DAY,), noon) == at(30, 8, 30)
    assert next_shift((), noon) is None


def test_while_somebody_is_on_duty_the_next_shift_is_the_next_to_begin():
    assert next_shift((DAY, NIGHT), at(23, 8, 30)) == at(23, 18)
    assert next_shift((DAY,), at(23, 8, 30)) == at(24, 8, 30)


def test_a_shift_of_one_day_comes_again_a_week_on():
    monday = Shift(frozenset({0}), time(8, 30), time(18), (("doctor",),))
    assert next_shift((monday,), at(23, 9)) == at(30, 8, 30)


def test_the_night_of_sunday_reaches_into_monday_and_not_into_sunday():
    sunday = Shift(frozenset({6}), time(22), time(6), (("doctor",),))
    assert on_duty((sunday,), at(30, 5)) == (("doctor",),)
    assert on_duty((sunday,), at(29, 5)) == ()


def test_a_shift_that_closes_when_it_opens_is_a_whole_day():
    whole = Shift(frozenset({5}), time(0), time(0), (("doctor",),))
    assert on_duty((whole,), at(28, 0))
    assert on_duty((whole,), at(28, 23, 59))
    assert not on_duty((whole,), at(29, 0))
    assert not on_duty((whole,), at(27, 23, 59))


def test_shifts_that_overlap_are_told_together_level_by_level_and_nobody_twice():
    other = Shift(ALL, time(8), time(12), (("counselor", "nurse"), ("director",), ("doctor",)))
    assert on_duty((DAY, other), at(23, 9)) == (("therapist", "counselor", "nurse"), ("director",), ("doctor",))


def test_a_shift_that_would_begin_in_the_hour_that_is_left_out_begins_after_it():
    early = Shift(ALL, time(2, 30), time(5), (("doctor",),))
    before = at(8, 1, 59, month=3)
    assert next_shift((early,), before) == at(8, 3, month=3)
    assert not on_duty((early,), before)
    assert on_duty((early,), at(8, 3, month=3))


def test_in_the_hour_that_comes_twice_a_shift_counts_twice():
    early = Shift(frozenset({6}), time(1, 30), time(1, 45), (("doctor",),))
    assert on_duty((early,), at(1, 1, 40))
    assert on_duty((early,), at(1, 1, 40, fold=1))
    again = next_shift((early,), at(1, 1, 50))
    assert again.astimezone(UTC) == at(1, 1, 30, fold=1).astimezone(UTC)


SHIFTS = st.lists(
    st.builds(
        Shift,
        st.frozensets(st.integers(0, 6), min_size=1),
        st.times().map(lambda t: t.replace(second=0, microsecond=0)),
        st.times().map(lambda t: t.replace(second=0, microsecond=0)),
        st.just((("doctor",),)),
    ),
    min_size=1, max_size=2,
)  # fmt: skip
#: around both changes of the clock, and elsewhere
NOWS = st.one_of(
    st.datetimes(datetime(2026, 3, 7), datetime(2026, 3, 9)),
    st.datetimes(datetime(2026, 10, 31), datetime(2026, 11, 2)),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
).map(lambda t: t.replace(tzinfo=UTC).astimezone(ZONE))


@given(SHIFTS, NOWS)
def test_where_nobody_is_on_duty_nobody_is_until_the_next_shift_and_then_somebody_is(shifts, now):
    found = next_shift(shifts, now)
    assert found is not None
    assert found.astimezone(UTC) > now.astimezone(UTC)
    assert on_duty(shifts, found)
    if not on_duty(shifts, now):
        between = found.astimezone(UTC) - now.astimezone(UTC)
        for part in range(8):
            instant = (now.astimezone(UTC) + between * part / 8).astimezone(ZONE)
            assert not on_duty(shifts, instant)
        last = (found.astimezone(UTC) - timedelta(seconds=1)).astimezone(ZONE)
        assert last.astimezone(UTC) < now.astimezone(UTC) or not on_duty(shifts, last)
