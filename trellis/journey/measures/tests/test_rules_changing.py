import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.measures.library import instruments
from trellis.journey.measures.rules import Change, NoChangeRule, change
from trellis.journey.measures.tests.factories import RULES

WITH_RULE = ["gad-7", "pcl-5", "phq-9"]


@pytest.mark.parametrize(
    ("name", "baseline", "current", "said"),
    [
        ("phq-9", 18, 9, Change(-9, True, "improved", True, False)),
        ("phq-9", 18, 4, Change(-14, True, "improved", True, True)),
        ("phq-9", 18, 5, Change(-13, True, "improved", True, False)),
        ("phq-9", 18, 13, Change(-5, True, "none", False, False)),
        ("phq-9", 18, 14, Change(-4, False, "none", False, False)),
        ("phq-9", 18, 12, Change(-6, True, "improved", False, False)),
        ("phq-9", 9, 15, Change(6, True, "worsened", False, False)),
        ("phq-9", 9, 14, Change(5, True, "none", False, False)),
        ("phq-9", 0, 0, Change(0, False, "none", None, True)),
        ("phq-9", 17, 8.5, Change(-8.5, True, "improved", True, False)),
        ("gad-7", 14, 10, Change(-4, True, "improved", False, None)),
        ("gad-7", 14, 11, Change(-3, False, "none", False, None)),
        ("gad-7", 14, 7, Change(-7, True, "improved", True, None)),
        ("gad-7", 10, 14, Change(4, True, "worsened", False, None)),
        ("pcl-5", 45, 35, Change(-10, True, "none", None, False)),
        ("pcl-5", 45, 30, Change(-15, True, "improved", None, False)),
        ("pcl-5", 45, 28, Change(-17, True, "improved", None, True)),
        ("pcl-5", 30, 45, Change(15, True, "worsened", None, False)),
    ],
)
def test_a_difference_is_judged_as_published(name, baseline, current, said):
    assert change(instruments()[name], baseline, current) == said


def test_three_instruments_have_a_published_value_and_no_other():
    assert sorted(name for name, one in instruments().items() if one.change) == WITH_RULE


@pytest.mark.parametrize("name", sorted(set(RULES) - set(WITH_RULE)))
def test_nothing_is_said_of_change_where_nothing_is_published(name):
    with pytest.raises(NoChangeRule):
        change(instruments()[name], 10, 2)


@given(st.sampled_from(WITH_RULE), st.integers(0, 80), st.integers(0, 80))
def test_going_back_says_the_opposite(name, one, other):
    there, back = change(instruments()[name], one, other), change(instruments()[name], other, one)
    assert there.delta == -back.delta
    assert there.meaningful == back.meaningful
    opposite = {"improved": "worsened", "worsened": "improved", "none": "none"}
    assert there.reliable == opposite[back.reliable]
