"""When somebody is called after a stay, and what an answer asks of us."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.continuity.aftercare import rules, words
from trellis.journey.continuity.aftercare.rules import Outcome, Shelf, State, Tried, follow_ups, shelf

DAYS = (7, 14, 30)
END = date(2026, 10, 1)


def after(days):
    return END + timedelta(days=days)


def noon(days):
    return datetime.combine(after(days), time(12), UTC)


def states(on, *tried):
    return [one.state for one in follow_ups(DAYS, END, tried, on)]


def stands(on, *tried, no=None):
    return shelf(follow_ups(DAYS, END, tried, on), rules.waits(tried, no), on)


def test_they_are_planned_from_the_first_day_and_dated_by_the_last():
    assert [(one.day, one.state, one.due_on) for one in follow_ups(DAYS, None, (), END)] == [
        (day, State.PLANNED, None) for day in DAYS
    ]
    assert [one.due_on for one in follow_ups(DAYS, END, (), END)] == [after(7), after(14), after(30)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (6, [State.AHEAD, State.AHEAD, State.AHEAD]),
        (7, [State.DUE, State.AHEAD, State.AHEAD]),
        (13, [State.DUE, State.AHEAD, State.AHEAD]),
        (14, [State.MISSED, State.DUE, State.AHEAD]),
        (90, [State.MISSED, State.MISSED, State.DUE]),
        (91, [State.MISSED, State.MISSED, State.MISSED]),
    ],
)
def test_each_is_open_until_the_next_begins(on, expected):
    assert states(after(on)) == expected


def test_an_answer_or_a_rather_not_ends_one_and_a_try_does_not():
    assert states(after(8), Tried(7, noon(7), Outcome.REACHED))[0] is State.DONE
    assert states(after(8), Tried(7, noon(7), Outcome.DECLINED))[0] is State.DECLINED
    assert states(after(8), Tried(7, noon(7), Outcome.NOT_REACHED, after(9)))[0] is State.DUE


def test_the_list_says_what_is_owed_today_what_is_late_and_what_comes():
    again = Tried(7, noon(7), Outcome.NOT_REACHED, after(9))
    assert stands(END - timedelta(days=1)) is None
    assert stands(END) is Shelf.SOON
    assert stands(after(7)) is Shelf.TODAY
    assert stands(after(8)) is Shelf.OVERDUE
    assert stands(after(8), again) is Shelf.SOON
    assert stands(after(9), again) is Shelf.TODAY
    assert stands(after(30), Tried(30, noon(30), Outcome.REACHED)) is None
    assert shelf(follow_ups(DAYS, None, (), END), None, END) is None


def test_the_newest_day_for_another_try_counts():
    tried = [Tried(7, noon(7), Outcome.NOT_REACHED, after(9)), Tried(7, noon(9), Outcome.NOT_REACHED, after(11))]
    assert follow_ups(DAYS, END, tried, after(9))[0].call_on == after(11)


def test_every_question_has_words_and_is_asked():
    assert tuple(words.QUESTIONS) == rules.QUESTIONS
    assert tuple(words.ANSWERS) == rules.ANSWERS


def test_a_try_again_never_lies_outside_its_own_days():
    (one, *_rest) = follow_ups(DAYS, END, [Tried(7, noon(7), Outcome.NOT_REACHED, after(40))], after(8))
    assert one.call_on == one.until == after(13)


def test_a_wish_for_a_call_stands_first_until_somebody_called():
    wish = Tried(7, noon(7), Outcome.REACHED, waits=True)
    tried = Tried(7, noon(8), Outcome.NOT_REACHED, after(9))
    called = Tried(7, noon(9), Outcome.CALLED)
    assert stands(after(8), wish) is Shelf.WAITS
    assert stands(after(9), wish, tried) is Shelf.WAITS
    assert stands(after(10), wish, tried, called) is Shelf.SOON


def test_a_no_ends_the_wish_before_it_and_none_after_it():
    wish = Tried(7, noon(7), Outcome.REACHED, waits=True)
    assert stands(after(8), wish, no=noon(7) + timedelta(seconds=1)) is Shelf.SOON
    assert stands(after(8), wish, no=noon(6)) is Shelf.WAITS
    again = Tried(14, noon(14), Outcome.REACHED, waits=True)
    assert stands(after(14), wish, again, no=noon(8)) is Shelf.WAITS


@given(st.sets(st.integers(1, 400), min_size=1, max_size=8), st.integers(-5, 800))
def test_at_most_one_is_open_and_none_overlaps(days, on):
    found = follow_ups(sorted(days), END, (), after(on))
    assert sum(one.state is State.DUE for one in found) <= 1
    assert all(one.until < other.due_on for one, other in pairwise(found))
    assert rules.present(found) in (None, *found)


def test_what_was_said_before_a_stay_is_asked_again_in_it():
    assert rules.is_to_ask(None, END)
    assert rules.is_to_ask(after(-1), END)
    assert not rules.is_to_ask(END, END)


def test_what_an_answer_asks_of_us():
    assert rules.is_not_safe({"safe": "no"})
    assert not rules.is_not_safe({"safe": "skip"})
    assert rules.wants_call({"call": "yes"})
    assert not rules.wants_call({})
    assert [rules.is_hard(said) for said in ({"using": "yes"}, {"linked": "no"}, {"home": "no"}, {"using": "no"})] == [
        True, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(909) 555-0142, evenings", "9095550142"),
        ("at work: +52 55 1234 5678", "+525512345678"),
        ("555-0142", "5550142"),
        ("555-014", ""),
        ("555-01", ""),
        ("the blue house, number 12", ""),
        ("", ""),
    ],
)
def test_a_number_is_found_where_somebody_wrote_one(text, number):
    assert rules.telephone_of(text) == number


def test_lines_are_kept_without_empty_ones():
    assert rules.lines_of("  Call   Ana\n\n Go outside ") == ["Call Ana", "Go outside"]
