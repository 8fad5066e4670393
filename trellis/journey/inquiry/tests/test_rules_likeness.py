from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.inquiry import rules
from trellis.journey.inquiry.rules import Reason, Sketch

NOON = datetime(2026, 11, 24, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Sketch(1, telephone="(909) 555-0134"), Sketch(2, telephone="+1 909 555 0134")),
        (Sketch(1, telephone="909.555.0134"), Sketch(2, telephone="9095550134")),
    ],
)
def test_a_number_is_the_same_however_it_is_written(one, other):
    assert rules.duplicates(one, [other])[0].reasons == (Reason.TELEPHONE,)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("José Peña", "jose pena", True),
        ("Marisol Reyes", "Reyes Marisol", True),
        ("Marisol Reyes", "Marisol Reyez", True),
        ("Marisol Reyes", "Martin Rios", False),
        ("Rosa Díaz", "Rosa Dias", True),  # just alike enough
        ("Ana Ruiz", "Ana Ruis", False),  # just not
        ("E.", "E.", False),  # an initial says too little
        ("", "", False),
    ],
)
def test_names_are_compared_as_people_write_them(one, other, alike):
    assert rules.names_alike(one, other) is alike


def test_addresses_are_compared_without_case_and_an_empty_one_equals_nothing():
    mine = Sketch(1, email="Ana@Example.org ")
    assert rules.duplicates(mine, [Sketch(2, email="ana@example.org")])[0].reasons == (Reason.EMAIL,)
    assert rules.duplicates(Sketch(1), [Sketch(2)]) == []
    assert rules.duplicates(Sketch(1, telephone="911"), [Sketch(2, telephone="911")]) == []


def test_the_surest_likeness_comes_first_and_nobody_is_like_themselves():
    mine = Sketch(1, "9095550134", "ana@example.org", "Ana Lopez")
    others = [
        mine,
        Sketch(2, "", "", "Ana López"),
        Sketch(3, "", "ana@example.org", "A."),
        Sketch(4, "909-555-0134", "", "Someone"),
        Sketch(5, "909-555-0134", "ana@example.org", "Ana Lopez"),
    ]
    assert [like.key for like in rules.duplicates(mine, others)] == [5, 4, 3, 2]


texts = st.text(max_size=30)
sketches = st.builds(Sketch, st.integers(1, 9), texts, texts, texts)


@given(sketches, sketches)
def test_likeness_goes_both_ways(one, other):
    def reasons(a, b):
        return [like.reasons for like in rules.duplicates(a, [b])]

    assert reasons(one, other) == reasons(other, one)


@given(texts)
def test_folding_twice_changes_nothing_more(text):
    assert rules.fold(rules.fold(text)) == rules.fold(text)


@given(st.text(alphabet="0123456789", min_size=10, max_size=10), st.sampled_from(["{}", "+1{}", "1 ({})", "tel {} "]))
def test_ten_digits_survive_any_way_to_write_them(number, way):
    assert rules.digits(way.format(number)) == number


def test_the_same_content_within_ten_minutes_is_one_inquiry():
    same = rules.same_within_ten_minutes
    assert same("a", NOON, "a", NOON - timedelta(minutes=10))
    assert same("a", NOON, "a", NOON + timedelta(minutes=3))  # answered out of order
    assert not same("a", NOON, "a", NOON - timedelta(minutes=10, seconds=1))
    assert not same("a", NOON, "b", NOON)


def test_seven_digits_are_a_telephone_number_and_six_are_not():
    def alike(number):
        return rules.duplicates(Sketch(1, telephone=number), [Sketch(2, telephone=number)])

    assert alike("555-0134")
    assert not alike("55-0134")
