"""By when a request is answered, and which steps each kind knows. Pure, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.record.states import MoveNotAllowed
from trellis.people.rights import rules, states
from trellis.people.rights.rules import Kind
from trellis.people.rights.states import ACCEPT, DENY, DISAGREE, END, EXTEND, MACHINE, WITHDRAW

pytestmark = pytest.mark.rules
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
KINDS = st.sampled_from(Kind)
STEPS = (ACCEPT, DENY, DISAGREE, END, EXTEND, WITHDRAW)
THANKSGIVING = date(2026, 11, 26)


@st.composite
def closed_around(draw, day):
    return frozenset(day + timedelta(days=number) for number in draw(st.sets(st.integers(0, 20), max_size=6)))


@pytest.mark.parametrize(
    ("kind", "asked", "due"),
    [
        (Kind.CORRECTION, date(2026, 11, 25), date(2027, 1, 24)),
        (Kind.COPY, date(2026, 11, 25), date(2026, 12, 10)),
        # Thanksgiving does not count, nor the weekend
        (Kind.LOOK, date(2026, 11, 25), date(2026, 12, 3)),
        (Kind.CHANNEL, date(2026, 11, 25), date(2026, 11, 30)),
        (Kind.SELF_PAID, date(2026, 11, 28), date(2026, 12, 1)),
        (Kind.RESTRICTION, date(2026, 11, 30), date(2026, 12, 14)),
        (Kind.COMPLAINT, date(2026, 11, 30), date(2026, 12, 30)),
    ],
)
def test_each_kind_has_its_day(kind, asked, due):
    assert rules.due_on(kind, asked, {THANKSGIVING}) == due


def test_each_kind_has_a_term_and_its_source():
    assert set(rules.TERMS) == set(Kind)
    assert all(term.source and term.days > 0 for term in rules.TERMS.values())
    laws = {kind for kind, term in rules.TERMS.items() if term.is_law}
    assert laws == {Kind.CORRECTION, Kind.LOOK, Kind.COPY, Kind.PASSED_ON}
    # what the laws say (facts/regulations 3): 60 days and once 30; 5 working days; 15 days
    assert (rules.TERMS[Kind.CORRECTION].days, rules.TERMS[Kind.CORRECTION].extension) == (60, 30)
    assert (rules.TERMS[Kind.LOOK].days, rules.TERMS[Kind.LOOK].working) == (5, True)
    assert (rules.TERMS[Kind.COPY].days, rules.TERMS[Kind.COPY].working) == (15, False)
    assert (rules.TERMS[Kind.PASSED_ON].days, rules.TERMS[Kind.PASSED_ON].source) == (30, "42 CFR 2.24(b)(1)")


def test_the_list_of_an_intermediary_is_late_on_the_thirty_first_day():
    due = rules.due_on(Kind.PASSED_ON, date(2026, 11, 1), ())
    assert [rules.days_left(due, date(2026, 12, day)) for day in (1, 2)] == [0, -1]
    assert rules.steps_from(Kind.PASSED_ON, states.OPEN) == ("accept", "withdraw")


@given(st.data(), DAYS, st.integers(1, 12))
def test_a_working_day_is_the_first_that_makes_the_number(data, day, number):
    closed = data.draw(closed_around(day))
    found = rules.working_day_after(day, number, closed)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    worked = [one for one in between if one.weekday() < 5 and one not in closed]
    assert len(worked) == number
    assert worked[-1] == found


@given(KINDS, DAYS, st.data())
def test_the_day_is_after_the_asking_and_holidays_never_bring_it_nearer(kind, day, data):
    due = rules.due_on(kind, day, frozenset())
    assert due > day
    assert rules.due_on(kind, day, data.draw(closed_around(day))) >= due


@given(KINDS, DAYS, st.integers(0, 400))
def test_who_asks_later_is_never_answered_earlier(kind, day, later):
    assert rules.due_on(kind, day + timedelta(days=later), ()) >= rules.due_on(kind, day, ())


@given(KINDS, DAYS)
def test_more_time_is_added_once_and_only_where_a_law_lets_us(kind, day):
    may = rules.may(kind, states.OPEN, EXTEND)
    assert may == (rules.extended_to(kind, day) > day) == (kind is Kind.CORRECTION)
    assert not rules.may(kind, states.EXTENDED, EXTEND)


@given(KINDS, st.lists(st.sampled_from(STEPS), max_size=6))
def test_a_walk_of_allowed_steps_stays_in_the_table(kind, wanted):
    here, taken = MACHINE.start, []
    for step in wanted:
        if rules.may(kind, here, step):
            assert step in rules.steps_from(kind, here)
            here = MACHINE.after(here, step)
            taken.append(step)
        else:
            assert step not in rules.steps_from(kind, here)
    assert rules.state_after(taken) == here
    assert len(taken) == len(set(taken)), "a step is taken once"
    assert rules.is_waiting(here) == (not set(taken) & set(states.DECIDING))


def test_a_step_that_may_not_follow_is_a_fault():
    with pytest.raises(MoveNotAllowed):
        rules.state_after([ACCEPT, DENY])


@pytest.mark.parametrize(
    ("kind", "state", "steps"),
    [
        (Kind.CORRECTION, states.OPEN, (EXTEND, ACCEPT, DENY, WITHDRAW)),
        (Kind.CORRECTION, states.EXTENDED, (ACCEPT, DENY, WITHDRAW)),
        (Kind.CORRECTION, states.DENIED, (DISAGREE,)),
        (Kind.CORRECTION, states.ACCEPTED, ()),
        (Kind.COPY, states.OPEN, (ACCEPT, DENY, WITHDRAW)),
        (Kind.COPY, states.DENIED, ()),
        # who paid for it in full decides (45 CFR 164.522(a)(1)(vi))
        (Kind.SELF_PAID, states.OPEN, (ACCEPT, WITHDRAW)),
        (Kind.SELF_PAID, states.ACCEPTED, (END,)),
        (Kind.CHANNEL, states.ACCEPTED, (END,)),
        (Kind.COMPLAINT, states.OPEN, (ACCEPT, WITHDRAW)),
        (Kind.COMPLAINT, states.ACCEPTED, ()),
    ],
)
def test_what_may_follow(kind, state, steps):
    assert rules.steps_from(kind, state) == steps


@given(DAYS, st.integers(-40, 40))
def test_days_left(day, number):
    assert rules.days_left(day + timedelta(days=number), day) == number


@given(st.sampled_from(list(MACHINE.moves)), st.sets(st.sampled_from("abc")), st.sets(st.sampled_from("abc")))
def test_a_statement_goes_with_its_part_and_with_no_other(state, parts, told):
    wanted = state in ("disagreed", "rebutted") and bool(parts & told)
    assert rules.goes_along(state, parts, told) is wanted


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("step", ["accept", "deny", "extend", "rebut"])
def test_only_a_no_to_a_correction_names_a_part(kind, step):
    assert rules.names_a_part(kind, step) is (kind is Kind.CORRECTION and step == "deny")


@pytest.mark.parametrize(
    ("reached", "texts_go", "way"),
    [
        (rules.Reached("909", "a@b.example"), True, ("sms", "909")),
        (rules.Reached("909", "a@b.example"), False, ("mail", "a@b.example")),
        (rules.Reached("909"), False, None),
        (rules.Reached("", "a@b.example"), True, ("mail", "a@b.example")),
        (rules.Reached(), True, None),
        (rules.Reached("909", "a@b.example", only=True), True, None),
    ],
)
def test_a_word_goes_only_in_a_way_that_was_agreed_to(reached, texts_go, way):
    assert rules.way_to_tell(reached, texts_go=texts_go) == way
