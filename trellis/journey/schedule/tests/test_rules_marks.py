from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.schedule.rules.marks import (
    call_owed,
    current,
    fault,
    is_late_entry,
    is_silent,
    minutes_early,
    minutes_late,
)

START = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)
END = START + timedelta(minutes=180)


@dataclass(frozen=True)
class One:
    id: int
    undone: bool = False


@given(st.lists(st.booleans(), max_size=6))
def test_the_newest_mark_holds_unless_it_was_taken_back(undone):
    marks = [One(n, u) for n, u in enumerate(undone)]
    expected = None if not marks or marks[-1].undone else marks[-1]
    assert current(reversed(marks)) is expected


def test_taking_back_leads_to_no_mark_and_not_to_the_one_before():
    assert current([One(1), One(2, undone=True)]) is None


def ask(state, *, late=0, early=0, now=START, cancelled=False):
    return fault(state, late=late, left_early=early, starts_at=START, ends_at=END, now=now, cancelled=cancelled)


@pytest.mark.parametrize(
    ("state", "late", "early", "expected"),
    [
        ("present", 0, 0, None),
        ("present", 5, 0, "other_minutes"),
        ("present", 0, 5, "other_minutes"),
        ("late", 17, 0, None),
        ("late", 17, 20, None),
        ("late", 0, 0, "needs_minutes"),
        ("late", 180, 0, "longer_than_session"),
        ("late", 100, 80, "longer_than_session"),
        ("late", 5, -1, "longer_than_session"),
        ("left_early", 0, 30, None),
        ("left_early", 10, 0, "needs_minutes"),
        ("video", 10, 10, None),
        ("video", -10, 0, "longer_than_session"),
        ("absent", 0, 0, None),
        ("absent", 4, 0, "other_minutes"),
        ("excused", 0, 4, "other_minutes"),
    ],
)
def test_minutes_belong_to_the_marks_that_have_them(state, late, early, expected):
    assert ask(state, late=late, early=early) == expected


def test_nobody_is_marked_in_a_cancelled_group():
    assert ask("present", cancelled=True) == "cancelled"


def test_nobody_is_here_before_the_doors_open_but_an_absence_can_be_excused_ahead():
    yesterday = START - timedelta(days=1)
    assert ask("present", now=yesterday) == "too_soon"
    assert ask("absent", now=yesterday) == "too_soon"
    assert ask("excused", now=yesterday) is None
    assert ask("present", now=START - timedelta(minutes=60)) is None


def test_a_mark_may_be_made_days_later():
    assert ask("present", now=END + timedelta(days=9)) is None


@given(st.integers(-100, 500))
def test_the_clock_suggests_minutes_that_may_be_recorded(passed):
    suggested = minutes_late(START + timedelta(minutes=passed), START, END)
    assert 1 <= suggested <= 179
    assert ask("late", late=suggested) is None


def test_the_clock_suggests_the_minutes_since_the_start():
    assert minutes_late(START + timedelta(minutes=17, seconds=40), START, END) == 17


@given(st.integers(-100, 500))
def test_whoever_leaves_now_leaves_by_minutes_that_may_be_recorded(passed):
    suggested = minutes_early(START + timedelta(minutes=passed), START, END)
    assert ask("left_early", early=suggested) is None
    assert minutes_early(END - timedelta(minutes=25), START, END) == 25


def test_a_mark_after_the_program_day_is_a_late_entry():
    assert not is_late_entry(date(2026, 11, 25), date(2026, 11, 25))
    assert is_late_entry(date(2026, 11, 26), date(2026, 11, 25))


@pytest.mark.parametrize(
    ("state", "notices", "results", "owed"),
    [
        ("absent", [], [], True),
        ("absent", ["late"], [], True),
        ("absent", ["cannot_come"], [], False),
        ("absent", [], ["no_answer"], True),
        ("absent", [], ["no_answer", "reached"], False),
        ("absent", [], ["cannot_call"], False),
        ("excused", [], [], False),
        ("present", [], [], False),
        (None, [], [], False),
    ],
)
def test_an_absence_without_word_is_a_call_owed_until_its_outcome(state, notices, results, owed):
    assert call_owed(state, notices, results) is owed


def test_silence_is_counted_in_days():
    assert not is_silent(date(2026, 11, 20), date(2026, 11, 26), 7)
    assert is_silent(date(2026, 11, 20), date(2026, 11, 27), 7)
