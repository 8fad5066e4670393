"""What is usual here, who is outside of it, and what the person is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.care.trajectories.feedback import Feedback, feedback
from trellis.journey.care.trajectories.feedback_words import sentence
from trellis.journey.care.trajectories.rules import Value, scales
from trellis.journey.care.trajectories.usual import Past, off_track, quantile, usual
from trellis.journey.measures.library import instruments, subscore_ranges

BEGAN = date(2026, 9, 1)
PHQ9, BAM = instruments()["phq-9"], instruments()["bam-iop"]
(TOTAL,) = scales(PHQ9, {})
USE, _RISK, PROTECTIVE = scales(BAM, subscore_ranges("bam-iop"))
ordered = st.lists(st.integers(0, 27), min_size=1, max_size=60).map(sorted)


def row(*numbers: float, every: int = 7) -> list[Value]:
    return [Value(BEGAN + timedelta(days=every * n), number) for n, number in enumerate(numbers)]


@given(ordered, st.floats(0, 1), st.floats(0, 1))
def test_quantiles_rise_and_stay_within_what_was_seen(values, one, other):
    low, high = sorted((one, other))
    assert values[0] <= quantile(values, low) <= quantile(values, high) <= values[-1]


@given(st.lists(st.builds(Past, st.integers(1, 60), st.integers(-9, 90), st.integers(0, 27)), max_size=400))
def test_a_band_lies_within_its_scale_and_half_lies_within_eight_of_ten(past):
    found = usual(past, at_least=20)
    assert found.stays == len({one.stay for one in past if one.day >= 0})
    assert found.stays >= 20 or found.weeks == ()
    for week in found.weeks:
        assert 0 <= week.low <= week.lower <= week.upper <= week.high <= 27
        assert found.of(week.week) == week


def test_thirty_stays_draw_a_week_and_each_counts_once():
    past = (
        [Past(stay, 0, stay % 11) for stay in range(33)] + [Past(1, day, 27) for day in range(1, 7)] + [Past(2, 8, 5)]
    )
    band = usual(past, at_least=30)
    assert [one.week for one in band.weeks] == [0]
    assert (band.weeks[0].low, band.weeks[0].high) == (1, 9.8)  # the first stay with its mean, 23.3, and once
    assert usual(past[:29], at_least=30).weeks == ()


def band(*values: float):
    return usual([Past(stay, week * 7, value) for week in range(6) for stay, value in enumerate(values)], at_least=1)


WIDE = band(*range(2, 13))  # eight of ten from 3 to 11


@pytest.mark.parametrize(("numbers", "outside"), [
    ((11, 11), []), ((12, 11), []), ((11, 12), []), ((12, 13), [12, 13]), ((20, 5, 12, 13, 14), [12, 13, 14]),
    ((12, 13, 5), []), ((1, 1), []), ((), []),
])  # fmt: skip
def test_off_track_is_two_weeks_in_a_row_on_the_hard_side(numbers, outside):
    found = off_track(row(*numbers), BEGAN, WIDE, TOTAL)
    assert [one.value for one in found] == outside
    assert all(one.edge == 11 for one in found)


def test_where_more_is_better_the_hard_side_is_the_low_one():
    assert [one.edge for one in off_track(row(1, 2), BEGAN, WIDE, PROTECTIVE)] == [3, 3]
    assert off_track(row(20, 20), BEGAN, WIDE, PROTECTIVE) == ()


def test_weeks_without_a_band_and_forms_before_the_stay_say_nothing():
    assert off_track(row(*[20] * 9)[6:], BEGAN, WIDE, TOTAL) == ()
    assert off_track(row(*[20] * 9), BEGAN, WIDE, TOTAL) == ()  # years later nobody is told of the first weeks
    assert off_track(row(20, 20), BEGAN + timedelta(days=7), WIDE, TOTAL) == ()
    daily = row(*[20] * 7, *[5] * 7, every=1)
    assert off_track(daily, BEGAN, WIDE, TOTAL) == ()


@pytest.mark.parametrize(("instrument", "scale", "numbers", "told"), [
    (PHQ9, TOTAL, (17, 8), Feedback.BETTER_REAL), (PHQ9, TOTAL, (8, 17), Feedback.HARDER_REAL),
    (PHQ9, TOTAL, (17, 12), Feedback.BETTER_FELT), (PHQ9, TOTAL, (12, 17), Feedback.HARDER_FELT),
    (PHQ9, TOTAL, (12, 13), Feedback.SAME), (PHQ9, TOTAL, (12,), None),
    (BAM, USE, (9, 9, 2), Feedback.TREND_BETTER), (BAM, USE, (2, 2), None),
    (BAM, PROTECTIVE, (20, 10, 9, 8), Feedback.TREND_HARDER), (BAM, USE, (5, 5, 5), Feedback.TREND_SAME),
])  # fmt: skip
def test_the_person_is_told_what_was_published_and_else_the_trend(instrument, scale, numbers, told):
    assert feedback(instrument, row(*numbers), scale) == told
    assert bool(sentence(instrument, row(*numbers), scale)) == (told is not None)


def test_the_sentence_names_what_the_number_is_about():
    gad7 = instruments()["gad-7"]
    worry = sentence(gad7, row(15, 6), scales(gad7, {})[0])
    assert worry == "Your score for worry went down since you first answered. That is a real change."
    assert "what protects you" in sentence(BAM, row(8, 9, 20), PROTECTIVE)
    who5 = instruments()["who-5"]
    assert "these questions" in sentence(who5, row(20, 50, 60), scales(who5, {})[0])
