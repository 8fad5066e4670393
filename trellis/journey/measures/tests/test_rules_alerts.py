from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.measures.library import instruments
from trellis.journey.measures.rules.alerts import (
    FOLLOW_UP,
    HISTORY,
    MEANINGS,
    NOT_SAFE,
    State,
    about_safety,
    meanings,
    seriousness,
    standing,
    worse,
)
from trellis.journey.measures.rules.safety import safety_flags
from trellis.journey.measures.tests.factories import RULES, scored

CSSRS = "c-ssrs-screener"
AT = datetime(2026, 11, 23, 18, tzinfo=UTC)
DUE = AT + timedelta(hours=14)


def after(minutes: float, *steps: str, levels: int = 3):
    return standing(AT, DUE, steps, levels, AT + timedelta(minutes=minutes))


def safety(name: str, found) -> tuple[str, ...]:
    """What the answering act hands over, as this table reads it."""
    return about_safety(name, safety_flags(instruments()[name], found, finished=True))


def test_every_flag_about_safety_in_the_rules_of_an_instrument_has_a_sentence():
    for name, rules in RULES.items():
        flags = {flag["code"] for flag in rules.get("flags", []) if flag.get("safety")}
        severity = rules.get("severity") or {}
        if severity.get("safety"):
            flags |= {f"suicide_risk_{level['code']}" for level in severity["levels"]}
        assert flags == set(MEANINGS.get(name, {})), name
    assert set(MEANINGS) - set(RULES) == {FOLLOW_UP, HISTORY}


def test_not_safe_after_a_stay_weighs_as_much_as_question_9_and_a_moderate_risk_more():
    assert seriousness(FOLLOW_UP, [NOT_SAFE]) == seriousness("phq-9", ["suicidal_ideation_item"])
    assert seriousness(CSSRS, ["suicide_risk_moderate"]) > seriousness(FOLLOW_UP, [NOT_SAFE])
    assert [one.words for one in meanings(FOLLOW_UP, [NOT_SAFE])] == [
        "They said after their stay that they are not safe."
    ]  # fmt: skip


def test_what_is_as_serious_stands_alike_in_every_instrument_and_each_step_is_worse_than_the_one_before():
    steps = [
        [("phq-9", "no such flag"), ("no-such-form", "suicide_risk_high")],
        [("phq-9", "safety_item_missing"), (CSSRS, "safety_item_missing"), (CSSRS, "inconsistent_answers")],
        [("phq-9", "suicidal_ideation_item"), (CSSRS, "suicide_risk_low"), (FOLLOW_UP, NOT_SAFE)],
        [(CSSRS, "suicide_risk_moderate")],
        [(CSSRS, "suicide_risk_high"), (CSSRS, "recent_behavior"), (CSSRS, "recency_unknown")],
    ]
    assert [{seriousness(name, [flag]) for name, flag in step} for step in steps] == [{0}, {1}, {2}, {3}, {4}]


def test_an_answer_above_zero_to_question_9_does_not_wait_and_other_flags_do():
    found = scored("phq-9", {"phq9.9": 1})
    assert safety("phq-9", found) == ("suicidal_ideation_item",)
    assert about_safety("phq-9", ["major_depressive_syndrome"]) == ()
    assert about_safety("bam", ["risk_high", "inconsistent_answers"]) == ()


def test_a_level_of_risk_counts_as_a_flag_and_the_most_serious_stands_first():
    found = scored(CSSRS, {"cssrs.1": 1, "cssrs.2": 1, "cssrs.6": 1, "cssrs.6b": 1})
    flags = safety(CSSRS, found)
    assert flags == ("suicide_risk_high", "recent_behavior", "safety_item_missing")
    assert [one.source for one in meanings(CSSRS, flags)] == ["C-SSRS screener"] * 3
    assert about_safety(CSSRS, ["suicide_risk_none"]) == ()


def test_worse_is_what_is_more_serious_than_all_that_was_said_before():
    assert worse("phq-9", [], ["safety_item_missing"])
    assert worse("phq-9", ["safety_item_missing"], ["suicidal_ideation_item"])
    assert not worse("phq-9", ["suicidal_ideation_item"], ["suicidal_ideation_item", "safety_item_missing"])
    assert not worse("phq-9", [], ["no such flag"])
    assert not worse("no-such-form", [], ["risk_high"])


@pytest.mark.parametrize(
    ("minutes", "level", "climbs"),
    [(0, 0, 10), (9.99, 0, 10), (10, 1, 20), (19.99, 1, 20), (20, 2, None), (500, 2, None)],
)
def test_without_anybody_it_climbs_each_ten_minutes_to_the_last(minutes, level, climbs):
    found = after(minutes)
    assert (found.state, found.level, found.late) == (State.WAITING, level, minutes >= 10)
    assert found.climbs_at == (AT + timedelta(minutes=climbs) if climbs else None)


def test_where_nobody_is_on_duty_it_waits_and_is_late():
    assert (after(30, levels=0).level, after(30, levels=0).climbs_at, after(30, levels=0).late) == (0, None, True)


def test_before_the_next_shift_begins_it_has_not_begun_to_climb():
    assert after(-60).level == 0
    assert not after(-60).late


def test_taken_on_it_climbs_no_more_and_is_late_when_its_day_is_over():
    assert after(500, "told", "seen") == after(11, "seen")
    assert after(11, "seen").state is State.TAKEN
    assert not after(14 * 60 - 1, "seen").late
    assert after(14 * 60, "seen").late


@given(st.lists(st.sampled_from(["told", "seen", "done"])), st.floats(-600, 6000), st.integers(0, 5))
def test_done_is_done_and_a_level_is_always_one_that_there_is(steps, minutes, levels):
    found = after(minutes, *steps, levels=levels)
    assert (found.state is State.DONE) == ("done" in steps)
    assert not (found.late and found.state is State.DONE)
    assert 0 <= found.level < max(levels, 1)
    assert found.climbs_at is None or found.state is State.WAITING
