"""What a note kept apart must be."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.care import rules

TODAY = date(2026, 10, 5)


@given(blank=st.text(st.sampled_from(" \n\t"), max_size=5), days=st.integers(-400, 400))
def test_without_words_there_is_no_note_whatever_the_day(blank, days):
    assert rules.why_not(blank, TODAY + timedelta(days=days), TODAY) == rules.SAY_IT


@given(days=st.integers(-400, 400))
def test_a_talk_that_lies_ahead_was_not_held(days):
    why = rules.why_not("Words", TODAY + timedelta(days=days), TODAY)
    assert why == (rules.AHEAD if days > 0 else None)


def test_the_same_words_again_are_no_new_version():
    assert rules.why_not(" Words\n", TODAY, TODAY, before="Words") == rules.SAME_WORDS
    assert rules.why_not("Other words", TODAY, TODAY, before="Words") is None
