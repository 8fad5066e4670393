import pytest

from trellis.journey.measures.library import instruments
from trellis.journey.measures.rules.safety import asks_about_safety, safety_flags, safety_items
from trellis.journey.measures.tests.factories import form, scored


def flags(name, answers, *, finished=False):
    return safety_flags(instruments()[name], scored(name, answers), finished=finished)


def test_two_instruments_ask_about_safety():
    assert {name for name, one in instruments().items() if asks_about_safety(one)} == {"phq-9", "c-ssrs-screener"}


def test_which_questions_are_about_safety_is_read_from_the_rules():
    assert safety_items(instruments()["phq-9"]) == {"phq9.9"}
    assert safety_items(instruments()["c-ssrs-screener"]) == {f"cssrs.{n}" for n in (1, 2, 3, 4, 5, 6, "6b")}
    assert safety_items(instruments()["gad-7"]) == set()


def test_one_answer_is_enough():
    assert flags("phq-9", {"phq9.9": 1}) == ("suicidal_ideation_item",)
    assert flags("phq-9", {"phq9.9": 0}) == ()


def test_that_it_was_left_out_is_said_at_the_end():
    assert flags("phq-9", {"phq9.1": 3}) == ()
    assert flags("phq-9", {"phq9.1": 3}, finished=True) == ("safety_item_missing",)


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"cssrs.1": 1}, "suicide_risk_low"),
        ({"cssrs.2": 1, "cssrs.3": 1}, "suicide_risk_moderate"),
        ({"cssrs.2": 1, "cssrs.4": 1}, "suicide_risk_high"),
    ],
)
def test_the_level_of_risk_does_not_wait_for_the_rest(answers, level):
    assert flags("c-ssrs-screener", answers) == (level,)


def test_five_times_no_is_no_alert_and_other_severities_are_none():
    none = dict.fromkeys(["cssrs.1", "cssrs.2", "cssrs.6"], 0)
    assert flags("c-ssrs-screener", none, finished=True) == ()
    assert flags("c-ssrs-screener", {"cssrs.1": 0}) == flags("bam-iop", {"bamiop.1": 1}) == ()
    assert flags("phq-9", form("phq-9", 3, 3, 3, 3, 3, 3, 3, 3, 0), finished=True) == ()
    assert flags("gad-7", form("gad-7", 3, 3, 3, 3, 3, 3, 3), finished=True) == ()
