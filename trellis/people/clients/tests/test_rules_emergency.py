"""An hour is an hour, and a reason is words that somebody can judge."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.people.clients.emergency import rules

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=2))


@given(spans)
def test_it_is_open_from_its_beginning_until_just_before_its_end(later):
    assert rules.is_open(NOW, NOW + rules.OPEN_FOR, NOW + later) == (later < rules.OPEN_FOR)


def test_it_is_not_open_before_it_begins_nor_at_its_end():
    assert not rules.is_open(NOW, NOW + rules.OPEN_FOR, NOW - timedelta(microseconds=1))
    assert not rules.is_open(NOW, NOW + rules.OPEN_FOR, NOW + rules.OPEN_FOR)
    assert timedelta(hours=1) == rules.OPEN_FOR


def test_what_nobody_has_read_for_a_day_is_late():
    assert rules.late_before(NOW) == NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "enough"),
    [
        ("", False),
        ("!!!!!!!!!!!!!!!!!!", False),
        ("urgent", False),
        ("Hospital asks", True),
        ("está inconsciente", True),
    ],
)
def test_a_reason_says_something(words, enough):
    assert rules.says_why(words) is enough


@given(st.text())
def test_any_text_can_be_judged_and_more_of_it_never_says_less(words):
    if rules.says_why(words):
        assert rules.says_why(words + " more")
