"""When a record is watched, of whom a page is, and by which day somebody reads why it was opened."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.people.clients.models import WatchedOpening
from trellis.people.clients.watched import rules

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)
spans = st.timedeltas(min_value=timedelta(-2), max_value=timedelta(days=2))
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
PACIFIC = ZoneInfo("America/Los_Angeles")


@given(spans, st.none() | spans, st.none() | spans)
def test_it_holds_from_its_first_instant_until_just_before_the_first_of_its_ends(now, until, ended):
    over = [one for one in (until, ended) if one is not None]
    ends = [None if one is None else NOW + one for one in (until, ended)]
    held = rules.is_in_force(NOW, *ends, NOW + now)
    assert held == (now >= timedelta(0) and all(now < one for one in over))


def test_the_instants_themselves():
    assert rules.is_in_force(NOW, None, None, NOW)
    assert not rules.is_in_force(NOW, None, None, NOW - A_MOMENT)
    assert rules.is_in_force(NOW, NOW + A_MOMENT, None, NOW)
    assert not rules.is_in_force(NOW, NOW, None, NOW)
    assert not rules.is_in_force(NOW, None, NOW, NOW)


@given(days)
def test_a_day_holds_to_its_end_in_the_programs_zone(day):
    over = rules.over_after(day, PACIFIC)
    assert (over - A_MOMENT).astimezone(PACIFIC).date() == day
    assert over.astimezone(PACIFIC).date() == day + timedelta(days=1)


def test_on_the_night_the_clock_changes_too():
    assert rules.over_after(date(2026, 10, 31), PACIFIC).astimezone(UTC) == datetime(2026, 11, 1, 7, tzinfo=UTC)
    assert rules.over_after(date(2026, 11, 1), PACIFIC).astimezone(UTC) == datetime(2026, 11, 2, 8, tzinfo=UTC)


@given(st.sets(st.integers(1, 10**9), max_size=4), st.sets(st.integers(1, 10**9), max_size=3))
def test_a_page_is_one_clients_where_it_names_one_client_and_no_other(clients, inquiries):
    subjects = ["", *(f"client:{n}" for n in clients for _ in "xy"), *(f"inquiry:{n}" for n in inquiries)]
    assert rules.only_client(subjects) == (next(iter(clients)) if len(clients) == 1 else None)


@pytest.mark.parametrize("why", WatchedOpening.Why.values)
def test_a_tap_is_enough_and_something_else_needs_words(why):
    assert rules.is_enough(why, "") is (why != "other")
    assert rules.is_enough(why, "!!!!!!!!!!!!!") is (why != "other")
    assert rules.is_enough(why, "The court wrote to us.")


def test_something_else_is_the_answer_that_the_rows_know():
    assert rules.OTHER == WatchedOpening.Why.OTHER


@given(days, st.sets(st.integers(1, 9)))
def test_it_is_read_on_the_first_working_day_after_it(day, shut):
    closed = {day + timedelta(days=n) for n in shut}
    due = rules.read_by(day, closed.__contains__)
    assert due > day
    assert due.weekday() < 5
    assert due not in closed
    between = [day + timedelta(days=n) for n in range(1, (due - day).days)]
    assert all(one.weekday() >= 5 or one in closed for one in between)


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (date(2026, 11, 24), date(2026, 11, 25)),
        (date(2026, 11, 25), date(2026, 11, 27)),  # over Thanksgiving
        (date(2026, 11, 27), date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 28), date(2026, 11, 30)),
    ],
)
def test_days_of_a_calendar(opened, due):
    assert rules.read_by(opened, {date(2026, 11, 26)}.__contains__) == due
