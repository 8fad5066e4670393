from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.measures.rules.rhythm import AT_A_TURN, OCCASIONS, Due, began, due, goes_on, is_over

SETS = {
    "intake": ["phq-9", "bam"],
    "daily": ["craving-nrs"],
    "weekly": ["phq-9", "gad-7"],
    "monthly": ["bam"],
    "discharge": ["bam-r"],
}
OPENED = date(2026, 10, 5)  # a Monday
DAY = timedelta(days=1)


def asked(today, **finished):
    done = {name.replace("_", "-"): day for name, day in finished.items()}
    return [(one.instrument, one.occasion) for one in due(SETS, OPENED, today, 0, done)]


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
    assert began("weekly", OPENED, OPENED + 9 * DAY, 2) == OPENED + 9 * DAY
    assert began("weekly", OPENED, OPENED + 8 * DAY, 2) == OPENED + 2 * DAY
    assert began("weekly", OPENED, OPENED + DAY, 2) == OPENED


def test_no_day_of_the_calendar_brings_a_turn():
    assert [began(one, OPENED, OPENED + 90 * DAY, 0) for one in AT_A_TURN] == [None, None, None]


def test_a_form_that_was_begun_lapses_after_a_week():
    assert goes_on(OPENED, OPENED, OPENED + 6 * DAY)
    assert not goes_on(OPENED, OPENED, OPENED + 7 * DAY)
    assert not goes_on(OPENED, OPENED + DAY, OPENED + DAY)
    assert (is_over(OPENED, OPENED + 6 * DAY), is_over(OPENED, OPENED + 7 * DAY)) == (False, True)


names = st.sampled_from(["phq-9", "gad-7", "bam", "craving-nrs"])
sets = st.dictionaries(st.sampled_from(OCCASIONS), st.lists(names, max_size=4))
days = st.integers(0, 200).map(lambda n: OPENED + n * DAY)


@given(sets, days, st.integers(0, 6), st.dictionaries(names, days))
def test_each_instrument_is_due_once_and_what_is_answered_today_is_not(sets, today, week_start, finished):
    found = due(sets, OPENED, today, week_start, finished)
    assert len({one.instrument for one in found}) == len(found)
    assert all(isinstance(one, Due) and OPENED <= one.since <= today for one in found)
    assert not due(sets, OPENED, today, week_start, dict.fromkeys(["phq-9", "gad-7", "bam", "craving-nrs"], today))
