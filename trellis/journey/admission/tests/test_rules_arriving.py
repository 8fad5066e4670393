"""What is missing of an admission, who pays, who has room."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.admission.arriving.rules import (
    By,
    Candidate,
    Due,
    Fault,
    Known,
    Step,
    Terms,
    beside,
    covers,
    due_on,
    faults,
    is_done,
    of_this_stay,
    standing,
    were_asked,
    who_has_room,
)

FIRST = date(2026, 11, 30)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
STEPS = (
    Step("paper", Due.BEFORE, By.CONSENT, ("tpo",)),
    Step("notice", Due.BEFORE, By.NOTICE),
    Step("level", Due.AT, By.LEVEL),
    Step("tb", Due.WITHIN, By.FACT, days=30),
)


def step(by, *of):
    return Step("x", Due.AT, by, of)


@pytest.mark.parametrize(
    ("due", "days", "day"),
    [
        (Due.BEFORE, 0, date(2026, 11, 29)),
        (Due.BEFORE, 9, date(2026, 11, 29)),
        (Due.AT, 9, FIRST),
        (Due.WITHIN, 3, date(2026, 12, 3)),
    ],
)
def test_a_step_is_due_before_at_or_within_days(due, days, day):
    assert due_on(Step("x", due, By.FACT, days=days), FIRST) == day


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        (step(By.CONSENT, "tpo"), Known(consents={"tpo", "specific"})),
        (step(By.NOTICE), Known(notice=True)),
        (step(By.ORIENTATION), Known(orientation=True)),
        (step(By.MEASURE, "phq-9", "gad-7"), Known(instruments={"phq-9", "gad-7"})),
        (step(By.LEVEL), Known(level=True)),
        (step(By.COVERAGE), Known(coverage=True)),
        (step(By.NEEDS), Known(needs=True)),
        (step(By.COUNSELOR, "counselor", "therapist"), Known(team={"therapist"})),
        (step(By.FACT), Known(facts={"x"})),
    ],
    ids=lambda one: one.by.value if isinstance(one, Step) else "",
)
def test_the_record_shows_that_a_step_is_done(asked, known):
    assert is_done(asked, known)
    assert not is_done(asked, Known())


def test_one_of_two_questionnaires_is_not_both():
    assert not is_done(step(By.MEASURE, "phq-9", "gad-7"), Known(instruments={"phq-9"}))


def test_what_is_missing_stands_first_by_its_day_and_late_from_the_day_after():
    lines = standing(STEPS, Known(notice=True), FIRST, FIRST)
    assert [(one.step.key, one.done, one.late) for one in lines] == [
        ("paper", False, True), ("level", False, False), ("tb", False, False), ("notice", True, False),
    ]  # fmt: skip
    after = standing(STEPS, Known(), FIRST, FIRST + timedelta(days=31))
    assert all(one.late for one in after)


def test_the_day_it_is_due_goes_before_the_order_of_the_program():
    lines = standing(STEPS[::-1], Known(), FIRST, FIRST)
    assert [one.step.key for one in lines] == ["notice", "paper", "level", "tb"]


def test_without_a_stay_nothing_is_due():
    lines = standing(STEPS, Known(), None, FIRST)
    assert {(one.due_on, one.late) for one in lines} == {(None, False)}


@given(st.lists(st.sampled_from([one.key for one in STEPS])), DAYS, DAYS)
def test_every_step_stands_there_once_whatever_is_known(done, first, today):
    lines = standing(STEPS, Known(facts=done, level="level" in done), first, today)
    assert sorted(one.step.key for one in lines) == sorted(one.key for one in STEPS)
    assert [one.done for one in lines] == sorted(one.done for one in lines)
    assert not any(one.late and one.done for one in lines)


def test_what_was_said_a_month_ahead_belongs_to_the_stay():
    assert of_this_stay(FIRST - timedelta(days=30), FIRST)
    assert of_this_stay(datetime(2026, 12, 1, 9, tzinfo=UTC), FIRST)
    assert not of_this_stay(FIRST - timedelta(days=31), FIRST)
    assert not of_this_stay(None, FIRST)


def test_they_were_asked_when_each_need_has_an_answer_of_this_stay():
    now, long_ago = datetime(2026, 11, 28, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
    assert were_asked(["a", "b"], {"a": now, "b": now}, FIRST)
    assert not were_asked(["a", "b"], {"a": now}, FIRST)
    assert not were_asked(["a", "b"], {"a": now, "b": long_ago}, FIRST)


PAID = Terms("payer", payer="county", on=FIRST)
CASH = Terms("cash", on=FIRST, cents=0)


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        (PAID, []),
        (CASH, []),
        (Terms("cash", on=FIRST, cents=0, authorized=3), []),
        (Terms("sliding", on=FIRST, cents=0, unit="days"), []),
        (Terms("payer", payer="county", on=FIRST, authorized=30, unit="days", starts_on=FIRST, ends_on=FIRST), []),
        (Terms("payer", payer="moon", on=FIRST), [Fault.NO_PAYER]),
        (Terms("payer", payer="county"), [Fault.NO_DAY]),
        (Terms("payer", payer="county", on=FIRST + timedelta(days=1)), [Fault.DAY_AHEAD]),
        (Terms("sliding", on=FIRST), [Fault.NO_AMOUNT]),
        (
            Terms("cash", on=FIRST, cents=1, starts_on=FIRST, ends_on=FIRST - timedelta(days=1)),
            [Fault.ENDS_BEFORE],
        ),
        (Terms("payer", payer="county", on=FIRST, authorized=3), [Fault.NO_UNIT]),
        (Terms("payer", payer="county", on=FIRST, unit="days"), [Fault.NO_NUMBER]),
    ],
)
def test_coverage_says_what_is_wrong_with_it(terms, found):
    assert faults(terms, {"county"}, FIRST) == found


def test_an_authorization_holds_between_its_days_and_an_open_end_holds():
    assert covers(None, None, FIRST)
    assert covers(FIRST, FIRST, FIRST)
    assert not covers(FIRST + timedelta(days=1), None, FIRST)
    assert not covers(None, FIRST - timedelta(days=1), FIRST)


CANDIDATES = st.builds(
    Candidate, st.text(max_size=3), st.text(max_size=3), st.sets(st.sampled_from(["en", "es"])), st.integers(0, 30)
)


def test_whoever_has_room_and_speaks_the_language_stands_first():
    names = [
        one.candidate.name
        for one in who_has_room(
            [
                Candidate("1", "Full", {"es"}, 16),
                Candidate("2", "Busy", {"es"}, 9),
                Candidate("3", "Free", {"es"}, 2),
                Candidate("4", "Other", {"en"}, 0),
            ],
            "es",
            16,
        )
    ]
    assert names == ["Free", "Busy", "Other", "Full"]


@given(st.lists(CANDIDATES, unique_by=lambda one: one.key), st.integers(1, 20))
def test_the_order_hangs_on_nothing_but_the_people(people, most):
    found = who_has_room(people, "es", most)
    assert [one.candidate for one in found] == [one.candidate for one in who_has_room(found_people(found), "es", most)]
    assert [one.has_room for one in found] == sorted((one.has_room for one in found), reverse=True)


def found_people(found):
    return [one.candidate for one in reversed(found)]


def test_what_two_wrote_at_once_is_joined_and_only_what_both_changed_otherwise_is_named():
    no, yes, more = (False, ""), (True, ""), (True, "Mondays")
    assert beside({"a": yes}, {}, {}) == ({"a": yes}, [])
    assert beside({"a": no, "b": yes}, {"a": no, "b": no}, {"a": yes, "b": no}) == ({"a": yes, "b": yes}, [])
    assert beside({"a": yes}, {"a": no}, {"a": yes})[1] == []
    assert beside({"a": yes}, {"a": no}, {"a": more})[1] == ["a"]
    assert beside({"a": yes}, {}, {"a": no})[1] == ["a"]
