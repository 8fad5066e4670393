from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.measures.rules.rhythm import IN_ORDER, OCCASIONS, Due, Stay, began, due, goes_on, is_over

SETS = {
    "intake": ["phq-9", "bam"],
    "daily": ["craving-nrs"],
    "weekly": ["phq-9", "gad-7"],
    "monthly": ["bam"],
    "discharge": ["bam-r"],
}
OPENED = date(2026, 10, 5)  # a Monday
DAY = timedelta(days=1)
STAY = Stay(OPENED)


def asked(today, **finished):
    done = {name.replace("_", "-"): day for name, day in finished.items()}
    return [(one.instrument, one.occasion) for one in due(SETS, STAY, today, 0, done)]


def test_on_the_first_day_everything_is_asked_once():
    assert asked(OPENED) == [
        ("phq-9", "intake"), ("bam", "intake"), ("craving-nrs", "daily"), ("gad-7", "weekly"),
    ]  # fmt: skip


def test_before_the_first_day_nothing_is_due():
    assert asked(OPENED - DAY) == []


def test_what_was_answered_in_its_week_waits_for_the_next_one():
    done = {"phq_9": OPENED + DAY, "bam": OPENED, "gad_7": OPENED, "craving_nrs": OPENED}
    assert asked(OPENED, **done) == []
    assert asked(OPENED + DAY, **done) == [("craving-nrs", "daily")]
    assert ("phq-9", "weekly") not in asked(OPENED + 6 * DAY, **done)
    assert ("phq-9", "weekly") in asked(OPENED + 7 * DAY, **done)


def test_what_the_intake_asked_stays_due_until_it_is_answered():
    assert ("bam", "intake") in asked(OPENED + 20 * DAY)


def test_a_month_is_thirty_days_from_the_first_day():
    assert ("bam", "monthly") not in asked(OPENED + 29 * DAY, bam=OPENED)
    assert ("bam", "monthly") in asked(OPENED + 30 * DAY, bam=OPENED)
    assert ("bam", "monthly") not in asked(OPENED + 31 * DAY, bam=OPENED + 30 * DAY)


def test_a_week_begins_on_the_day_that_the_program_says():
    assert began("weekly", STAY, OPENED + 9 * DAY, 2) == OPENED + 9 * DAY
    assert began("weekly", STAY, OPENED + 8 * DAY, 2) == OPENED + 2 * DAY
    assert began("weekly", STAY, OPENED + DAY, 2) == OPENED


def test_without_its_day_no_turn_asks_anything():
    turns = ("step", "discharge", "follow_up")
    assert [began(one, STAY, OPENED + 90 * DAY, 0) for one in turns] == [None, None, None]


def said(occasion, stay, *days):
    """On each day after the first one, the day since when it is asked, as its number."""
    found = [began(occasion, stay, OPENED + day * DAY, 0) for day in days]
    return [None if day is None else (day - OPENED).days for day in found]


def test_a_decision_for_another_level_asks_for_two_weeks():
    stay = Stay(OPENED, stepped_on=OPENED + 40 * DAY)
    assert said("step", stay, 39, 40, 53, 54) == [None, 40, 40, None]
    assert said("step", Stay(OPENED, OPENED + 40 * DAY, closed_on=OPENED + 41 * DAY), 42) == [None]


def test_the_last_week_asks_how_it_ends_from_a_day_that_was_set_or_that_came():
    assert said("discharge", Stay(OPENED, ends_on=OPENED + 60 * DAY), 52, 53, 60, 80) == [None, 53, 53, 53]
    assert said("discharge", Stay(OPENED, closed_on=OPENED + 60 * DAY), 60, 66, 67) == [53, 53, None]
    assert said("discharge", Stay(OPENED, closed_on=OPENED + 2 * DAY), 2) == [0]


def test_after_the_end_each_day_of_following_up_asks_until_the_next_one():
    stay = Stay(OPENED, closed_on=OPENED + 60 * DAY, follow_up=(30, 7, 365))
    assert said("follow_up", stay, 66, 67, 89, 90, 424, 425, 454, 455) == [None, 67, 67, 90, 90, 425, 425, None]
    assert said("follow_up", Stay(OPENED, closed_on=OPENED, follow_up=()), 90) == [None]


def test_after_the_end_nothing_of_the_calendar_is_asked():
    ended = Stay(OPENED, closed_on=OPENED + 10 * DAY)
    assert [one.occasion for one in due(SETS, ended, OPENED + 12 * DAY, 0, {})] == ["discharge"]


def test_what_two_occasions_ask_is_asked_once_for_the_turn():
    stepped = Stay(OPENED, stepped_on=OPENED + 8 * DAY)
    found = due({"weekly": ["phq-9"], "step": ["phq-9"]}, stepped, OPENED + 9 * DAY, 0, {"phq-9": OPENED + 7 * DAY})
    assert found == [Due("phq-9", "step", OPENED + 8 * DAY)]


def test_a_form_that_was_begun_lapses_after_a_week():
    assert goes_on(OPENED, OPENED, OPENED + 6 * DAY)
    assert not goes_on(OPENED, OPENED, OPENED + 7 * DAY)
    assert not goes_on(OPENED, OPENED + DAY, OPENED + DAY)
    assert (is_over(OPENED, OPENED + 6 * DAY), is_over(OPENED, OPENED + 7 * DAY)) == (False, True)


def test_every_occasion_is_asked_in_its_turn():
    every = {occasion: [occasion] for occasion in OCCASIONS}
    assert len(OCCASIONS) == len(IN_ORDER) == 7
    here = Stay(OPENED, stepped_on=OPENED + 30 * DAY, ends_on=OPENED + 35 * DAY)
    assert [one.instrument for one in due(every, here, OPENED + 30 * DAY, 0, {})] == [
        "intake", "step", "discharge", "daily", "weekly", "monthly",
    ]  # fmt: skip
    gone = Stay(OPENED, closed_on=OPENED + 35 * DAY, follow_up=(7,))
    assert [one.instrument for one in due(every, gone, OPENED + 45 * DAY, 0, {})] == ["follow_up"]


names = st.sampled_from(["phq-9", "gad-7", "bam", "craving-nrs"])
sets = st.dictionaries(st.sampled_from(OCCASIONS), st.lists(names, max_size=4))
days = st.integers(0, 200).map(lambda n: OPENED + n * DAY)


maybe = st.none() | days
stays = st.builds(
    Stay, st.just(OPENED), maybe, maybe, maybe, st.lists(st.integers(1, 400), max_size=4).map(tuple)
)  # fmt: skip


@given(sets, stays, days, st.integers(0, 6), st.dictionaries(names, days))
def test_each_instrument_is_due_once_and_what_is_answered_today_is_not(sets, stay, today, week_start, finished):
    found = due(sets, stay, today, week_start, finished)
    assert len({one.instrument for one in found}) == len(found)
    assert all(isinstance(one, Due) and OPENED <= one.since <= today for one in found)
    assert not due(sets, stay, today, week_start, dict.fromkeys(["phq-9", "gad-7", "bam", "craving-nrs"], today))
