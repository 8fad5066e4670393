from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.schedule.rules.minutes import (
    Counting,
    counted,
    how_it_counts,
    merged,
    minute,
    seated,
    total,
    within,
    without,
)

A_SPAN = st.tuples(st.integers(0, 300), st.integers(0, 300)).map(lambda ab: (min(ab), max(ab)))
SPANS = st.lists(A_SPAN, max_size=6)


def minutes_of(spans):
    return {m for a, b in spans for m in range(a, b)}


def test_a_break_never_counts():
    assert counted(0, 180, 90, 15) == ((0, 90), (105, 180))


@given(st.integers(10, 300), st.integers(0, 300), st.integers(0, 60))
def test_what_counts_is_the_length_without_the_break(length, after, pause):
    assert total(counted(0, length, after, pause)) == length - len(
        minutes_of([(after, after + pause)]) & set(range(length))
    )


@given(SPANS, A_SPAN)
def test_within_keeps_exactly_the_minutes_between(spans, between):
    assert minutes_of(within(spans, *between)) == minutes_of(spans) & set(range(*between))


@given(SPANS, SPANS)
def test_without_keeps_exactly_the_minutes_that_are_not_taken(spans, taken):
    assert minutes_of(without(spans, taken)) == minutes_of(spans) - minutes_of(taken)


@given(SPANS)
def test_merged_spans_hold_every_minute_once(spans):
    found = merged(spans)
    assert minutes_of(found) == minutes_of(spans)
    assert total(found) == len(minutes_of(spans))
    assert list(found) == sorted(found)


@given(st.integers(0, 250), st.integers(0, 250))
def test_nobody_gains_a_minute_by_coming_late_or_leaving_early(late, early):
    whole = counted(0, 180, 90, 15)
    assert minutes_of(seated(whole, late, early)) == minutes_of(whole) & set(range(late, max(late, 180 - early)))


def test_coming_in_the_break_loses_only_what_came_before_it():
    assert total(seated(counted(0, 180, 90, 15), 100, 0)) == 75


def test_nothing_to_count_is_nothing_seated():
    assert seated((), 5, 0) == ()


GROUP = Counting(True, 2, 12, below_countable=True, below_counts_as="individual")


@pytest.mark.parametrize(
    ("people", "countable", "size", "counts_as"),
    [(1, True, "below", "individual"), (2, True, "", ""), (12, True, "", ""), (13, False, "above", "")],
)
def test_the_size_of_a_group_says_whether_and_as_what_its_minutes_count(people, countable, size, counts_as):
    how = how_it_counts(GROUP, people)
    assert (how.countable, how.size, how.counts_as) == (countable, size, counts_as)


def test_minutes_need_an_aware_instant():
    assert minute(datetime(1970, 1, 1, 1, 1, tzinfo=UTC)) == 61
    with pytest.raises(ValueError, match="aware"):
        minute(datetime(2026, 1, 1))
