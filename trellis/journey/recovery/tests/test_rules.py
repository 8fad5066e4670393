"""Whether a meeting leaves somebody's own hours alone; no database."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.recovery.rules import USUAL_MINUTES, is_free

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
minutes = st.integers(-300, 300)
spans = st.lists(st.tuples(minutes, st.integers(1, 240)), max_size=5)


def at(minute):
    return NOON + timedelta(minutes=minute)


@given(minutes, st.integers(1, 240) | st.none(), spans)
def test_it_is_free_when_no_minute_is_taken_twice(starts, length, taken):
    own = set(range(starts, starts + (length or USUAL_MINUTES)))
    others = {minute for since, long in taken for minute in range(since, since + long)}
    busy = [(at(since), at(since + long)) for since, long in taken]
    assert is_free(at(starts), length, busy) == own.isdisjoint(others)


def test_one_may_follow_the_other():
    busy = [(at(0), at(180))]
    assert is_free(at(180), 60, busy)
    assert is_free(at(-60), None, busy)
    assert not is_free(at(179), 60, busy)
