"""Which limit fits is asked in plain words, and no rule scores that answer."""

import pytest

from trellis.journey.measures.library import form, forms, instruments
from trellis.journey.measures.rules import score
from trellis.journey.measures.rules.asking import shown
from trellis.journey.measures.rules.limits import (
    ITEM,
    by_each_limit,
    differs_by_sex,
    of_the_instrument,
    sex_said,
    without_the_limit,
)

AUDIT_C = instruments()["audit-c"]
THREE = {"auditc.1": 1, "auditc.2": 1, "auditc.3": 1}


def test_only_the_audit_c_asks_it_and_says_it_in_both_languages():
    assert [name for name, one in forms().items() if one.question(ITEM)] == ["audit-c"]
    assert [name for name in forms() if differs_by_sex(instruments()[name])] == ["audit-c"]
    asked = form("audit-c").question(ITEM)
    assert all(words.es and words.es != words.en for words in (asked.words, *(one.words for one in asked.options)))
    assert {one.value: one.words.en for one in asked.options} == {
        1: "The limit for women", 2: "The limit for men", 0: "I would rather not say",
    }  # fmt: skip
    assert without_the_limit(form("audit-c")).question(ITEM) is None


def test_it_is_asked_last_and_only_of_whoever_drinks():
    assert shown(form("audit-c"), THREE)[-1].key == ITEM
    assert ITEM not in {item.key for item in shown(form("audit-c"), {"auditc.1": 0})}
    assert ITEM not in {item.key for item in shown(form("audit-c"), {})}


@pytest.mark.parametrize(
    ("said", "sex", "severity"), [(1, "female", "positive"), (2, "male", "negative"), (0, None, "positive")]
)
def test_what_is_said_chooses_the_limit_and_is_no_answer_to_score(said, sex, severity):
    answers = THREE | {ITEM: said}
    assert sex_said(answers) == sex
    found = score(AUDIT_C, of_the_instrument(answers), sex_said(answers))
    assert (found.total, found.severity, found.status) == (3, severity, "complete")
    assert ("sex_not_recorded" in found.flags) == (sex is None)


@pytest.mark.parametrize(
    ("total", "women", "men"),
    [(2, "negative", "negative"), (3, "positive", "negative"), (4, "positive", "positive")],
)
def test_where_nobody_says_it_both_limits_are_said(total, women, men):
    assert by_each_limit(AUDIT_C, total) == [("female", 3, women), ("male", 4, men)]
