from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.jobs import rules

NOON = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)
instants = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
intervals = st.integers(1, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes))


def test_the_wait_grows_from_a_minute_to_six_hours():
    waits = [rules.wait_after(tries) for tries in range(1, 9)]
    assert [wait.total_seconds() / 60 for wait in waits] == [1, 3, 9, 27, 81, 243, 360, 360]


def test_without_a_try_there_is_nothing_to_wait_for():
    with pytest.raises(ValueError, match="nothing was tried"):
        rules.wait_after(0)


@given(instants, intervals, instants)
def test_the_next_round_is_the_first_after_now_and_keeps_the_beat(due, interval, now):
    following = rules.next_round(due, interval, now)
    assert following > now
    assert (following - due) % interval == timedelta()
    assert following - interval <= max(now, due)


@pytest.mark.parametrize(
    ("beat_ago", "started_ago", "lost"),
    [(0, 10, False), (60, 100, False), (61, 10, True), (None, 10, True), (0, 120, False), (0, 121, True)],
)
def test_a_run_is_lost_when_its_worker_is_silent_or_it_takes_far_too_long(beat_ago, started_ago, lost):
    beat = None if beat_ago is None else NOON - timedelta(seconds=beat_ago)
    started = NOON - timedelta(seconds=started_ago)
    assert rules.is_stranded(started=started, beat=beat, seconds=60, now=NOON) is lost
