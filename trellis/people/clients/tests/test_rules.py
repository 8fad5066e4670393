from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trellis.people.clients import rules

NAMES = st.text(min_size=0, max_size=80)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Tomás García", "tomas garcia"),
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("Ana Ruiz-Peña", "ana ruiz pena"),
        ("Nguyễn  Thị", "nguyen thi"),
        ("Łukasz Søren", "lukasz soren"),
        ("STRAẞE", "strasse"),
        ("★ ", ""),
        ("李 伟", "李 伟"),
    ],
)
def test_a_name_is_compared_without_accents_capitals_and_marks(name, folded):
    assert rules.fold(name) == folded


@given(NAMES)
@example("İ")
@example("ǰ")
def test_folding_a_folded_name_changes_nothing(name):
    assert rules.fold(rules.fold(name)) == rules.fold(name)


@given(NAMES)
def test_every_word_of_a_name_is_found_by_each_of_its_parts(name):
    folded = rules.fold(name)
    for word in folded.split():
        for end in range(1, min(len(word), 6) + 1):
            assert rules.answers(folded, [[word[:end]]])


def test_one_or_two_letters_begin_a_word_and_more_stand_anywhere():
    assert rules.answers("marisol ruiz", [["ru"]])
    assert not rules.answers("marisol ruiz", [["so"]])
    assert rules.answers("marisol ruiz", [["sol"]])


def test_every_part_must_be_answered_in_any_order():
    assert rules.answers("marisol ruiz", [["ruiz"], ["mar"]])
    assert not rules.answers("marisol ruiz", [["ruiz"], ["ana"]])


def test_a_slip_finds_the_nearest_words_first():
    known = ["hernandez", "fernandez", "garcia", "hernan"]
    assert [known[i] for i in rules.alike("hernandes", known)][:2] == ["hernandez", "hernan"]


def test_one_letter_of_four_may_be_a_slip_and_two_may_not():
    assert rules.alike("ruis", ["ruiz"]) == [0]
    assert rules.alike("luis", ["ruiz"]) == []


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (["ruizabc"], [0]),  # 72.7 of 100 alike
        (["ruisabcd"], []),  # half
        (["ruiz"] * 20, list(range(12))),
    ],
)
def test_from_72_of_100_on_words_are_alike_and_twelve_are_enough(known, found):
    assert rules.alike("ruiz", known) == found
    assert rules.alike("abcdexy", ["abcdezw"]) == []  # 71.4 of 100


def test_a_very_long_word_is_cut_at_80_letters():
    assert rules.words("a" * 90) == ["a" * 80]


def test_short_words_have_no_slips():
    assert rules.alike("ana", ["anna", "ava"]) == []


def test_a_search_looks_for_six_words_at_most():
    assert rules.sought("a b c d e f g h") == ["a", "b", "c", "d", "e", "f"]
    assert rules.words("a b c d e f g h")[-1] == "h"


def test_whoever_is_in_the_program_comes_first_then_those_whose_name_begins_as_asked():
    names = [("mariana ruiz", False), ("ana lopez", False), ("susana gil", True)]
    assert rules.best_first(names, ["ana"]) == [2, 1, 0]
    assert rules.best_first([("ana xruiz", True), ("zoe ruiz", True)], ["ruiz"]) == [1, 0]


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2005, 11, 25), date(2026, 11, 24), 20),
        (date(2005, 11, 25), date(2026, 11, 25), 21),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_is_whole_years(born, day, age):
    assert rules.age_on(born, day) == age


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 2), date(2100, 1, 1)))
def test_nobody_is_ever_younger_the_day_after(born, day):
    assert 0 <= rules.age_on(born, day) <= rules.age_on(born, date.fromordinal(day.toordinal() + 1))
