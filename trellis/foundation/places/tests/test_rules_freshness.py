from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.places.rules.freshness import LONG, ROUND, State, next_reading, state

NOW = datetime(2026, 11, 28, 8, tzinfo=UTC)
GOOD = {"switched_on": True, "held": False, "failures": 0, "read_at": NOW, "listed": 9, "now": NOW}


@pytest.mark.parametrize(
    ("failures", "hours"), [(0, 24), (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 24), (7, 24), (32_767, 24)]
)
def test_after_each_failure_the_wait_grows_up_to_a_day(failures, hours):
    assert next_reading(NOW, failures) == NOW + timedelta(hours=hours)


def test_failures_are_counted_from_zero():
    with pytest.raises(ValueError, match="from 0"):
        next_reading(NOW, -1)


@given(st.integers(0, 40_000))
def test_the_next_reading_always_lies_ahead_and_within_a_day(failures):
    assert NOW < next_reading(NOW, failures) <= NOW + ROUND
    assert next_reading(NOW, failures + 1) >= next_reading(NOW, max(failures, 1))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({}, State.FRESH),
        ({"read_at": NOW - LONG}, State.FRESH),
        ({"read_at": NOW - LONG - timedelta(seconds=1)}, State.OLD),
        ({"read_at": None, "listed": 0}, State.NEVER),
        ({"read_at": NOW - 2 * LONG, "listed": 0}, State.EMPTY),
        ({"failures": 1, "read_at": None}, State.FAULTY),
        ({"switched_on": False, "failures": 3}, State.OFF),
        ({"held": True, "switched_on": False, "failures": 3}, State.HELD),
    ],
)
def test_the_word_that_matters_most_stands_beside_a_list(change, word):
    assert state(**(GOOD | change)) is word
