"""Openings grouped by day: none is lost, none counted twice, one's own stand apart."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.doors.client_portal.openings import (
    Hand,
    Opening,
    days,
    earliest,
    hand,
    is_list,
    month_before,
    next_month,
    sums,
    weeks,
)

POMONA = ZoneInfo("America/Los_Angeles")
MONTHS = st.dates(date(2020, 1, 1), date(2035, 12, 31)).map(lambda day: day.replace(day=1))
OPENINGS = st.lists(
    st.builds(
        Opening,
        at=st.datetimes(datetime(2026, 10, 30), datetime(2026, 11, 8), timezones=st.just(UTC)),
        who=st.sampled_from([Hand.THEMSELVES, Hand.COMPUTER, "counselor", "counselor,therapist"]),
        verb=st.sampled_from(["opened schedule.mark", "schedule.mark", "opened client.read"]),
        listed=st.booleans(),
    )
)


@given(OPENINGS)
def test_every_opening_is_counted_once(openings):
    found = days(openings, POMONA)
    all = sums(found)
    assert all.looked + all.listed + all.changed + all.own == len(openings)
    assert all.own == sum(one.who == Hand.THEMSELVES for one in openings)
    assert all.changed == sum(one.verb == "schedule.mark" and one.who != Hand.THEMSELVES for one in openings)


@given(OPENINGS, st.randoms())
def test_each_day_stands_once_the_newest_first_whatever_came_first(openings, random):
    found = days(openings, POMONA)
    dates = [day.date for day in found]
    assert dates == sorted(set(dates), reverse=True)
    assert set(dates) == {one.at.astimezone(POMONA).date() for one in openings}
    mixed = list(openings)
    random.shuffle(mixed)
    assert days(mixed, POMONA) == found


@given(OPENINGS)
def test_in_a_day_each_work_is_one_row_and_nobody_stands_in_their_own(openings):
    for day in days(openings, POMONA):
        keys = [(row.who, row.verb, row.listed) for row in day.rows]
        assert len(keys) == len(set(keys))
        assert Hand.THEMSELVES not in {row.who for row in day.rows}
        roles = [row.who for row in day.rows]
        assert all(roles[roles.index(who) :][: roles.count(who)] == [who] * roles.count(who) for who in roles)
        assert all(row.looked + row.changed for row in day.rows)


@given(MONTHS, st.integers(0, 40))
def test_the_weeks_of_a_month_cover_each_of_its_days_once(month, passed):
    until = month + timedelta(days=passed)
    found = weeks([], month, until)
    covered = [first + timedelta(days=n) for first, last, _ in found for n in range((last - first).days + 1)]
    whole = min(until, next_month(month) - timedelta(days=1))
    assert covered == [month + timedelta(days=n) for n in range((whole - month).days + 1)]


def test_the_weeks_count_what_others_did():
    at = datetime(2026, 11, 4, 20, tzinfo=UTC)
    found = days(
        [Opening(at, "counselor", "schedule.mark", False), Opening(at, Hand.THEMSELVES, "opened my.week", False)],
        POMONA,
    )
    assert weeks(found, date(2026, 11, 1), date(2026, 11, 10)) == [
        (date(2026, 11, 1), date(2026, 11, 1), 0),
        (date(2026, 11, 2), date(2026, 11, 8), 1),
        (date(2026, 11, 9), date(2026, 11, 10), 0),
    ]


@given(MONTHS)
def test_months_follow_each_other_and_three_years_are_kept(month):
    assert month_before(next_month(month)) == month
    assert earliest(month) == month.replace(year=month.year - 3)


@pytest.mark.parametrize(
    ("actor", "roles", "is_of"),
    [
        ("account:7", "client", Hand.THEMSELVES),
        ("account:8", "counselor", "counselor"),
        ("account:8", "", Hand.UNKNOWN),
        ("public", "", Hand.UNKNOWN),
        ("system:worker", "", Hand.COMPUTER),
    ],
)
def test_whose_hand_it_was(actor, roles, is_of):
    assert hand(actor, roles, 7) == is_of


@pytest.mark.parametrize(
    ("named", "yes"),
    [
        (["client:1"], False),
        (["client:1", "inquiry:9", "account:3"], False),
        (["client:1", "client:2"], True),
        (["client:1", "inquiry:8"], True),
    ],
)
def test_it_is_a_list_where_somebody_else_is_named(named, yes):
    assert is_list(named, ["client:1", "inquiry:9"]) is yes
