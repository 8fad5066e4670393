"""When a level is due to be looked at again."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.continuity.advice.rhythm import Known, Terms, WeekOf, due, is_short, returns

BEGAN, TODAY = date(2026, 9, 7), date(2026, 11, 25)
TERMS = Terms(every_days=30, after_alert=True, after_use=True, short_weeks=2, below_percent=75)


def at(month, day, hour=9):
    return datetime(2026, month, day, hour, tzinfo=UTC)


DECIDED = Known(BEGAN, decided=at(11, 10))


def week(number, countable, asked=540):
    """0 is the newest that is over."""
    start = date(2026, 11, 16) - timedelta(weeks=number)
    return WeekOf(start, start + timedelta(days=6), asked, countable)


def kinds(known, terms=TERMS, today=TODAY):
    return [one.kind for one in due(known, terms, today)]


@pytest.mark.parametrize(("known", "days"), [
    (Known(BEGAN), 79), (Known(BEGAN, decided=at(10, 26)), 30), (Known(BEGAN, decided=at(10, 27)), 0),
    (Known(BEGAN, decided=at(9, 20), reviewed=at(11, 20)), 0),
    (Known(BEGAN, decided=at(8, 1), reviewed=at(8, 2)), 79),
])  # fmt: skip
def test_after_so_many_days_since_somebody_looked(known, days):
    found = due(known, TERMS, TODAY)
    assert [(one.kind, one.days) for one in found] == ([("days", days)] if days else [])


def test_an_alert_or_a_return_to_use_after_the_last_look_calls_for_one():
    later, before = date(2026, 11, 12), date(2026, 11, 10)
    assert kinds(replace(DECIDED, alerts=[at(11, 12), at(11, 10)])) == ["alert"]
    assert kinds(replace(DECIDED, uses=[later])) == ["use"]
    assert kinds(replace(DECIDED, alerts=[at(11, 10)], uses=[before])) == []
    quiet = replace(TERMS, after_alert=False, after_use=False)
    assert kinds(replace(DECIDED, alerts=[at(11, 12)], uses=[later]), quiet) == []


def test_an_alert_in_the_evening_was_not_seen_by_a_look_in_the_morning():
    evening = at(11, 10, 17)
    assert kinds(replace(DECIDED, alerts=[evening])) == ["alert"]
    assert kinds(replace(DECIDED, reviewed=at(11, 10, 18), alerts=[evening])) == []
    assert kinds(Known(TODAY, alerts=[at(11, 25, 17)])) == [], "how they came is what the stay began with"
    assert kinds(Known(TODAY, decided=at(11, 25), alerts=[at(11, 25, 17)])) == ["alert"]


@pytest.mark.parametrize(("countable", "short"), [
    ((540, 300, 240), 2), ((300, 540, 240), 0), ((540, 540, 240), 0), ((300, 300, 300), 3), ((540, 405, 404), 0),
    ((), 0),
])  # fmt: skip
def test_so_many_whole_weeks_in_a_row_far_below_their_hours(countable, short):
    weeks = [week(len(countable) - 1 - place, minutes) for place, minutes in enumerate(countable)]
    found = due(replace(Known(BEGAN, decided=at(11, 1)), weeks=weeks), TERMS, TODAY)
    assert sum(len(one.weeks) for one in found) == short
    assert due(replace(DECIDED, weeks=weeks), replace(TERMS, short_weeks=0), TODAY) == ()


def test_weeks_that_somebody_looked_at_or_before_the_stay_do_not_count():
    weeks = [week(1, 0), week(0, 0)]
    assert kinds(replace(DECIDED, decided=at(11, 16), weeks=weeks)) == []
    assert kinds(Known(date(2026, 11, 10), weeks=weeks)) == []
    assert not is_short(week(0, 0, asked=0), 75)


def test_a_return_to_use_needs_a_form_before_it_that_said_none():
    day = [BEGAN + timedelta(days=n) for n in range(5)]
    assert returns([(day[3], True), (day[0], True), (day[1], False), (day[2], True)]) == [day[2]]
    assert returns([(day[0], True)]) == []


@given(st.lists(st.integers(0, 100).map(lambda n: BEGAN + timedelta(days=n)), max_size=5), st.integers(0, 100))
def test_whoever_was_looked_at_today_is_never_due(happened, after):
    today = BEGAN + timedelta(days=after)
    past = [day for day in happened if day <= today]
    noon = time(12, tzinfo=UTC)
    alerts = [datetime.combine(day, noon) for day in past]
    known = Known(BEGAN, reviewed=datetime.combine(today, noon), alerts=alerts, uses=past)
    assert due(known, TERMS, today) == ()
