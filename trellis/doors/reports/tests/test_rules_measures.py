"""Who counts as yes, no, not yet or left out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.doors.reports import rules
from trellis.doors.reports.rules import Answer, FollowUp, Onward, Quarter, Stay, Why

pytestmark = pytest.mark.rules
DAY = date(2026, 9, 1)
LATER = DAY + timedelta(400)


def after(days: int) -> date:
    return DAY + timedelta(days)


def stay(days: int | None = None, reason: str = "completed") -> Stay:
    return Stay(DAY, after(days), reason) if days is not None else Stay(DAY)


LEFT = stay(0)
HERE = {"discharged": DAY, "heard": DAY, "came": [], "days": 7, "today": LATER}
ONWARD = {"stay": LEFT, "onward": Onward(True), "others": [], "days": 7, "today": LATER}
NEW = {"stay": stay(), "others": [], "sat": [], "today": LATER}
REACHED = {"stay": LEFT, "found": FollowUp(), "others": [], "days": 30, "today": LATER}
EARLIER = Stay(after(-60), after(-30), "completed")


@pytest.mark.parametrize(
    ("changes", "answer", "why"),
    [
        ({}, Answer.NO, Why.NOT_CAME),
        ({"came": [DAY]}, Answer.YES, Why.CAME),
        ({"came": [after(7)]}, Answer.YES, Why.CAME),
        ({"came": [after(-1), after(8)]}, Answer.NO, Why.NOT_CAME),
        ({"discharged": None}, Answer.LEFT_OUT, Why.NO_DAY),
        ({"died": after(7)}, Answer.LEFT_OUT, Why.DIED),
        ({"died": after(8)}, Answer.NO, Why.NOT_CAME),
        ({"heard": after(8)}, Answer.LEFT_OUT, Why.HEARD_LATE),
        ({"heard": after(7)}, Answer.NO, Why.NOT_CAME),
        ({"heard": after(8), "came": [after(3)]}, Answer.YES, Why.CAME),
        ({"today": after(7)}, Answer.NOT_YET, Why.NOT_SO_FAR),
        ({"today": after(7), "came": [after(1)]}, Answer.NOT_YET, Why.CAME_SO_FAR),
        ({"today": after(8)}, Answer.NO, Why.NOT_CAME),
    ],
)
def test_after_a_discharge_elsewhere(changes, answer, why):
    found = rules.linked_here(**HERE | changes)
    assert (found.answer, found.why) == (answer, why)


@pytest.mark.parametrize(
    ("changes", "answer", "why"),
    [
        ({}, Answer.NO, Why.NOT_ARRIVED),
        ({"onward": Onward(True, after(7))}, Answer.YES, Why.ARRIVED),
        ({"onward": Onward(True, after(-2))}, Answer.YES, Why.ARRIVED),
        ({"onward": Onward(True, after(8))}, Answer.NO, Why.NOT_ARRIVED),
        ({"others": [LEFT, Stay(after(5))]}, Answer.YES, Why.ARRIVED),
        ({"others": [EARLIER, Stay(after(8))]}, Answer.NO, Why.NOT_ARRIVED),
        ({"onward": Onward()}, Answer.LEFT_OUT, Why.NO_PLACE),
        ({"onward": Onward(), "stay": stay(0, "other_level")}, Answer.NO, Why.PLACE_NOT_WRITTEN),
        ({"onward": Onward(), "stay": stay(0, "other_level"), "today": DAY}, Answer.NOT_YET, Why.NOT_SO_FAR),
        ({"stay": stay(0, "died")}, Answer.LEFT_OUT, Why.DIED),
        ({"died": after(3)}, Answer.LEFT_OUT, Why.DIED),
        ({"today": after(7)}, Answer.NOT_YET, Why.NOT_SO_FAR),
    ],
)
def test_after_a_discharge_from_here(changes, answer, why):
    found = rules.linked_onward(**ONWARD | changes)
    assert (found.answer, found.why) == (answer, why)


@pytest.mark.parametrize(
    ("changes", "answer", "why"),
    [
        ({}, Answer.NO, Why.NOT_CAME),
        ({"sat": [after(14)]}, Answer.YES, Why.CAME),
        ({"sat": [after(15)]}, Answer.NO, Why.NOT_CAME),
        ({"others": [EARLIER]}, Answer.LEFT_OUT, Why.CONTINUES),
        ({"others": [replace(EARLIER, closed=after(-31))]}, Answer.NO, Why.NOT_CAME),
        ({"others": [replace(EARLIER, closed=after(5))]}, Answer.NO, Why.NOT_CAME),
        ({"others": [stay(), Stay(after(40))]}, Answer.NO, Why.NOT_CAME),
        ({"died": after(14)}, Answer.LEFT_OUT, Why.DIED),
        ({"today": after(14)}, Answer.NOT_YET, Why.NOT_SO_FAR),
    ],
)
def test_starting_within_14_days(changes, answer, why):
    found = rules.initiated(**NEW | changes)
    assert (found.answer, found.why) == (answer, why)


@pytest.mark.parametrize(
    ("changes", "answer", "why"),
    [
        ({}, Answer.NO, Why.NOT_STARTED),
        ({"today": after(14)}, Answer.NOT_YET, Why.NOT_SO_FAR),
        ({"sat": [after(14)]}, Answer.NO, Why.NOT_ENGAGED),
        ({"sat": [after(14), after(48)]}, Answer.NO, Why.NOT_ENGAGED),
        ({"sat": [after(14), after(20), after(48)]}, Answer.YES, Why.ENGAGED),
        ({"sat": [after(14), after(20), after(49)]}, Answer.NO, Why.NOT_ENGAGED),
        ({"sat": [after(15), after(16), after(17)]}, Answer.NO, Why.NOT_STARTED),
        ({"sat": [after(14), after(20)], "today": after(48)}, Answer.NOT_YET, Why.NOT_SO_FAR),
        ({"sat": [after(1), after(2), after(3)], "today": after(10)}, Answer.NOT_YET, Why.CAME_SO_FAR),
        ({"sat": [after(1)], "others": [EARLIER]}, Answer.LEFT_OUT, Why.CONTINUES),
        ({"sat": [after(14)], "died": after(48)}, Answer.LEFT_OUT, Why.DIED),
    ],
)
def test_coming_again_within_34_days_after_the_start(changes, answer, why):
    found = rules.engaged(**NEW | changes)
    assert (found.answer, found.why) == (answer, why)


@pytest.mark.parametrize(
    ("one", "sat", "today", "answer", "why"),
    [
        (stay(), [after(25)], LATER, Answer.YES, Why.STILL_HERE),
        (stay(), [after(1)], LATER, Answer.YES, Why.STILL_HERE),
        (stay(), [DAY, after(31)], LATER, Answer.NO, Why.NOT_SEEN),
        (stay(), [after(25)], after(30), Answer.NOT_YET, Why.STAY_RUNS),
        (stay(30, "chose_to_stop"), [after(25)], LATER, Answer.NO, Why.LEFT),
        (stay(31, "chose_to_stop"), [after(25)], LATER, Answer.YES, Why.STILL_HERE),
        (stay(20, "chose_to_stop"), [], after(25), Answer.NOT_YET, Why.STAY_RUNS),
        (stay(20), [], LATER, Answer.LEFT_OUT, Why.FINISHED),
        (stay(20, "other_level"), [], LATER, Answer.LEFT_OUT, Why.OTHER_LEVEL),
        (stay(20, "died"), [], LATER, Answer.LEFT_OUT, Why.DIED),
        (stay(40, "died"), [after(25)], LATER, Answer.YES, Why.STILL_HERE),
    ],
)
def test_staying_30_days(one, sat, today, answer, why):
    found = rules.stayed(one, sat, 30, today)
    assert (found.answer, found.why) == (answer, why)


def test_what_is_not_yet_known_says_from_which_day_on_it_is():
    assert rules.stayed(stay(), [], 30, DAY).on == after(31)
    assert rules.initiated(**NEW | {"today": DAY}).on == after(15)
    assert (rules.LINKED, rules.STAYED) == ((7, 14), (30, 60, 90))


def test_who_died_after_an_open_stay_is_left_out_of_staying():
    assert rules.stayed(stay(), [after(25)], 30, LATER, died=after(30)).why == Why.DIED


@pytest.mark.parametrize(
    ("reason", "answer", "why"),
    [
        ("completed", Answer.YES, Why.FINISHED),
        ("no_contact", Answer.NO, Why.LEFT),
        ("other_level", Answer.LEFT_OUT, Why.OTHER_LEVEL),
        ("died", Answer.LEFT_OUT, Why.DIED),
    ],
)
def test_how_a_stay_ended(reason, answer, why):
    found = rules.completed(stay(20, reason))
    assert (found.answer, found.why) == (answer, why)


@pytest.mark.parametrize(
    ("changes", "answer", "why"),
    [
        ({}, Answer.NO, Why.NOT_REACHED),
        ({"found": FollowUp(after(37))}, Answer.YES, Why.REACHED),
        ({"found": FollowUp(after(28))}, Answer.YES, Why.REACHED),
        ({"found": FollowUp(after(38))}, Answer.NO, Why.NOT_REACHED),
        ({"found": FollowUp(said=((after(37), False),))}, Answer.LEFT_OUT, Why.NOT_WISHED),
        ({"found": FollowUp(said=((after(38), False),))}, Answer.NO, Why.NOT_REACHED),
        ({"found": FollowUp(said=((after(3), False), (after(9), True)))}, Answer.NO, Why.NOT_REACHED),
        ({"found": FollowUp(said=((after(3), False), (after(200), True)))}, Answer.LEFT_OUT, Why.NOT_WISHED),
        ({"found": FollowUp(after(30), said=((after(31), False),))}, Answer.YES, Why.REACHED),
        ({"found": FollowUp(after(38), said=((after(31), False),))}, Answer.LEFT_OUT, Why.NOT_WISHED),
        ({"others": [LEFT, Stay(after(20))]}, Answer.LEFT_OUT, Why.BACK_HERE),
        ({"others": [EARLIER, Stay(after(31))]}, Answer.NO, Why.NOT_REACHED),
        ({"stay": stay(0, "died")}, Answer.LEFT_OUT, Why.DIED),
        ({"died": after(37)}, Answer.LEFT_OUT, Why.DIED),
        ({"today": after(37), "found": FollowUp(after(30))}, Answer.NOT_YET, Why.FOLLOW_UP_RUNS),
    ],
)
def test_reached_at_a_follow_up(changes, answer, why):
    found = rules.reached(**REACHED | changes)
    assert (found.answer, found.why) == (answer, why)


# --- what holds for all of them ---------------------------------------------------------------------------------------

numbers = st.integers(-70, 150)
days = st.lists(numbers.map(after), max_size=6)
ends = st.tuples(st.integers(0, 120), st.sampled_from(["completed", "other_level", "died", "no_contact"]))
closed = ends.map(lambda end: stay(*end))
any_stay = st.one_of(st.just(stay()), closed)
others = st.lists(numbers.map(lambda number: Stay(after(number), after(number + 10), "completed")), max_size=2)
deaths = st.one_of(st.none(), numbers.map(after))


@st.composite
def judging(draw):
    """A function of today alone, and the first day on which its time may be over."""
    sat, more, died = draw(days), draw(others), draw(deaths)
    number = draw(st.sampled_from([7, 14, 30, 60, 90]))
    one, ended = draw(any_stay), draw(closed)
    onward = Onward(draw(st.booleans()), draw(deaths))
    heard = draw(numbers.map(after))
    ways = (
        (lambda today: rules.linked_here(DAY, heard, sat, number, today, died=died), after(number)),
        (
            lambda today: rules.linked_onward(ended, onward, more, number, today, died=died),
            ended.closed + timedelta(number),
        ),
        (lambda today: rules.initiated(one, more, sat, today, died=died), after(14)),
        (lambda today: rules.engaged(one, more, sat, today, died=died), after(14)),
        (lambda today: rules.stayed(one, sat, number, today, died=died), after(number)),
        (
            lambda today: rules.reached(ended, FollowUp(onward.arrived), more, number, today, died=died),
            ended.closed + timedelta(number),
        ),
    )
    return draw(st.sampled_from(ways))


@given(judging(), numbers)
def test_while_the_time_runs_nobody_is_a_no_and_nobody_a_yes(way, number):
    judge, over = way
    today = after(number)
    if today <= over:
        assert judge(today).answer in (Answer.NOT_YET, Answer.LEFT_OUT)
    assert judge(LATER).answer != Answer.NOT_YET


@given(judging(), numbers, st.integers(0, 60))
def test_what_was_judged_once_stays(way, number, more):
    judge, _ = way
    first, second = judge(after(number)), judge(after(number + more))
    if first.answer != Answer.NOT_YET:
        assert second == first


@given(days, numbers.map(after), deaths)
def test_who_came_within_7_days_came_within_14(sat, heard, died):
    week, fortnight = (rules.linked_here(DAY, heard, sat, n, LATER, died=died).answer for n in rules.LINKED)
    if week == Answer.YES:
        assert fortnight == Answer.YES or (died is not None and died <= after(14))


@given(any_stay, others, days)
def test_who_came_again_had_started(one, more, sat):
    if rules.engaged(one, more, sat, LATER).answer == Answer.YES:
        assert rules.initiated(one, more, sat, LATER).answer == Answer.YES


@given(st.lists(st.sampled_from(list(Answer)), max_size=40))
def test_the_yes_are_among_the_judged_and_everybody_is_counted_once(answers):
    found = rules.tally(answers)
    assert 0 <= found.yes <= found.judged
    assert found.judged + found.not_yet + found.left_out == len(answers)
    assert (found.percent is None) == (found.judged == 0)
    assert found.percent is None or 0 <= found.percent <= 100


def test_half_of_one_hundred_is_rounded_up_and_few_people_are_said():
    assert rules.tally([Answer.YES] * 11 + [Answer.NO] * 11).is_small is False
    assert rules.tally([Answer.YES] * 10).is_small is True
    assert rules.tally([Answer.YES] + [Answer.NO] * 7).percent == 13


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_every_day_lies_in_one_quarter(day):
    quarter = rules.quarter_of(day)
    assert quarter.holds(day)
    assert not quarter.before().holds(day)
    assert not quarter.after().holds(day)
    assert quarter.before().after() == quarter == quarter.after().before()


def test_the_quarter_that_runs_stands_first():
    assert [one.key for one in rules.quarters(date(2026, 2, 28), 3)] == ["2026-1", "2025-4", "2025-3"]
    assert (Quarter(2026, 4).first, Quarter(2026, 4).last) == (date(2026, 10, 1), date(2026, 12, 31))
