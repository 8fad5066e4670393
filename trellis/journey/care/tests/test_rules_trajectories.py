"""What a row of finished forms says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.care.trajectories.rules import (
    MOST_FORMS,
    Finished,
    Scale,
    Value,
    compared,
    scales,
    thinned,
    trend,
    values,
)
from trellis.journey.measures.library import instruments, subscore_ranges

DAY = date(2026, 9, 1)
PHQ9, BAM, WHO5 = (instruments()[key] for key in ("phq-9", "bam-iop", "who-5"))
(TOTAL,) = scales(PHQ9, {})
USE, RISK, PROTECTIVE = scales(BAM, subscore_ranges("bam-iop"))


def row(*numbers: float) -> list[Value]:
    return [Value(DAY + timedelta(weeks=n), number) for n, number in enumerate(numbers)]


def test_a_total_is_one_scale_with_its_bands_and_the_bam_is_three_without():
    assert (TOTAL.key, TOTAL.low, TOTAL.high, len(TOTAL.bands)) == ("", 0, 27, 5)
    assert [(one.key, one.high, one.rising) for one in (USE, RISK, PROTECTIVE)] == [
        ("use", 12, False), ("risk", 24, False), ("protective", 24, True)
    ]  # fmt: skip
    assert (USE.low, RISK.low, PROTECTIVE.low) == (0, 0, 0)
    assert scales(PHQ9, {"total": (0, 1)}) == (TOTAL,)
    assert scales(instruments()["c-ssrs-screener"], {}) == ()


def test_more_is_better_on_these_scales_and_less_on_every_other():
    every = {name: scales(one, subscore_ranges(name)) for name, one in instruments().items()}
    assert {(name, one.key) for name, found in every.items() for one in found if one.rising} == {
        ("bam", "protective"), ("bam-iop", "protective"), ("bam-r", "protective"), ("socrates-8a", "taking_steps"),
        ("socrates-8d", "taking_steps"), ("who-5", ""), ("barc-10", ""),
    }  # fmt: skip


def test_bands_cover_the_scale_without_a_gap():
    for one in instruments().values():
        for scale in scales(one, subscore_ranges(one.name)):
            for (_, end, _a), (begin, _, _b) in zip(scale.bands, scale.bands[1:], strict=False):
                assert begin == end + 1, one.name


def test_a_form_without_a_number_is_left_out_and_never_zero():
    forms = [Finished(DAY, "incomplete", None, {}, ""), Finished(DAY, "complete", 4, {"use": 2}, "")]
    assert values(forms, TOTAL) == [Value(DAY, 4)]
    assert values(forms, USE) == [Value(DAY, 2)]
    newest_first = [Finished(DAY + timedelta(days=n), "complete", n, {}, "") for n in (2, 1)]
    assert [one.value for one in values(newest_first, TOTAL)] == [1, 2]


@given(st.lists(st.integers(0, 10), min_size=MOST_FORMS + 1, max_size=900))
def test_every_day_for_years_becomes_a_point_a_week_that_lies_among_its_days(numbers):
    days = [Value(DAY + timedelta(days=n), number) for n, number in enumerate(numbers)]
    weeks = thinned(days)
    assert len(weeks) == -(-len(days) // 7)
    for week in weeks:
        among = [one.value for one in days if 0 <= (one.on - week.on).days < 7]
        assert min(among) <= week.value <= max(among)


def test_few_forms_stay_as_they_are_and_one_more_than_120_are_weeks():
    assert thinned(row(*range(120))) == row(*range(120))
    days = [Value(DAY + timedelta(days=n), (1, 2, 2, 2, 2, 2, 2)[n % 7]) for n in range(121)]
    assert thinned(days)[0] == Value(DAY, 1.9)
    assert len(thinned(days)) == 18


@pytest.mark.parametrize(("numbers", "reliable", "meaningful", "response", "target"), [
    ((20, 15), "none", True, False, False), ((20, 14), "improved", True, False, False),
    ((20, 9, 4), "improved", True, True, True), ((4, 10), "worsened", True, False, False),
    ((8, 7), "none", False, False, False),
])  # fmt: skip
def test_the_newest_total_is_held_against_the_first(numbers, reliable, meaningful, response, target):
    found = compared(PHQ9, row(*numbers), TOTAL)
    assert (found.change.reliable, found.change.meaningful) == (reliable, meaningful)
    assert (found.change.response, found.change.target) == (response, target)
    assert found.delta == numbers[-1] - numbers[0]


def test_no_change_is_said_of_the_bam_of_subscores_and_of_one_form():
    assert compared(BAM, row(8, 2), USE).change is None
    assert compared(WHO5, row(20, 60), scales(WHO5, {})[0]).change is None
    assert compared(PHQ9, row(8), TOTAL) is None


@pytest.mark.parametrize(("numbers", "scale", "said"), [
    ((9, 9), TOTAL, ""), ((20, 12, 9), TOTAL, "better"), ((9, 9, 9, 10, 9, 9), TOTAL, "steady"),
    ((4, 4, 5, 12, 13, 14), TOTAL, "worse"), ((4, 4, 5, 12, 13, 14), PROTECTIVE, "better"),
    ((20, 18, 19, 9, 8, 7), PROTECTIVE, "worse"),
])  # fmt: skip
def test_a_trend_follows_the_last_three_and_knows_which_way_is_better(numbers, scale, said):
    assert trend(row(*numbers), scale) == said


@pytest.mark.parametrize(("numbers", "high", "said"), [
    ((0, 0, 10, 10, 10, 10, 10, 10), 27, "steady"), ((16, 12, 14), 27, "better"), ((10, 11, 11, 11), 20, "worse"),
    ((10, 10.97, 10.97, 10.97), 20, "steady"), ((5, 4.4, 4.4, 4.4), 10, "better"),
])  # fmt: skip
def test_a_trend_looks_at_six_forms_at_most_and_a_twentieth_of_the_scale_is_no_longer_steady(numbers, high, said):
    assert trend(row(*numbers), Scale("", 0, high, ())) == said
