import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.places.rules.names import fold, may_be_meant, sought


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Women's Way", "womens way"), ("Nueva Visión", "nueva vision"), ("AA-Noon (Step)", "aa noon step"),
        ("Ægir’s Øl", "aegirs ol"), ("", ""), ("…", ""),
    ],
)  # fmt: skip
def test_accents_capitals_and_marks_do_not_count(name, folded):
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_is_folding_once(name):
    once = fold(name)
    assert fold(once) == once
    assert "%" not in once
    assert "_" not in once


def test_six_words_are_asked_for_each_once():
    assert sought("a b c d e f g") == list("abcdef")
    assert sought("Hope hope HOPE") == ["hope"]


def test_a_slip_is_guessed_only_where_nothing_is_spelled_so():
    known = ["serenity", "serene", "hope"]
    assert may_be_meant("seren", known) == ["seren"]
    assert may_be_meant("serinity", known) == ["serenity"]
    assert may_be_meant("hpe", known) == []
    assert may_be_meant("xxxxxx", known) == []
