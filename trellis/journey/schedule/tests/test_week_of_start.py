"""The week in which somebody begins asks for what it still held."""

from datetime import timedelta

import pytest

from trellis.foundation.program.queries import zone
from trellis.foundation.program.rules import week_with
from trellis.journey.schedule import queries
from trellis.journey.schedule.tests.factories import (
    NOW,
    POMONA,
    TODAY,
    EnrollmentFactory,
    EpisodeFactory,
    SeriesFactory,
    SessionFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


def test_a_start_in_the_middle_of_the_week_cuts_it(week):
    monday = SeriesFactory(weekday=0)
    SessionFactory(series=monday, planned_on=TODAY - timedelta(days=2))
    row = EnrollmentFactory(series=monday, since=TODAY)
    ledger = queries.week(row.episode.client, week, NOW)
    assert (ledger.cuts, ledger.short) == (("start",), 0)


@pytest.fixture
def opened_today():
    """Groups on Monday, Wednesday and Thursday; sessions were made from Wednesday on, when the program opened."""
    groups = [SeriesFactory(weekday=day, since=TODAY) for day in (0, 2, 3)]
    for series, days in zip(groups[1:], (0, 1), strict=True):
        SessionFactory(series=series, planned_on=TODAY + timedelta(days=days))
    return groups


def begin(groups, since=TODAY):
    episode = EpisodeFactory()
    for series in groups:
        EnrollmentFactory(episode=episode, series=series, since=since)
    return episode.client


@pytest.mark.parametrize("people", [1, 30])
def test_sessions_before_the_start_that_were_never_made_cut_the_week_too(statements, people, week, opened_today):
    clients = [begin(opened_today) for _n in range(people)]
    zone()
    with statements() as one:
        own = queries.week(clients[0], week, NOW)
    with statements() as all_of_them:
        found = queries.ledgers(clients, week, NOW)
    assert (len(one), len(all_of_them)) == (5, 5)
    for ledger in (own, *found.values()):
        assert (ledger.cuts, ledger.cut_minutes, ledger.planned) == (("start",), 180, 360)
        assert (ledger.target, ledger.short, len(ledger.lines)) == (330, 0, 2)
    assert queries.short_this_week(week, NOW) == []


def test_the_week_is_cut_as_much_whether_its_first_sessions_were_made_or_not(week, opened_today):
    client = begin(opened_today)
    missing = queries.week(client, week, NOW)
    SessionFactory(series=opened_today[0], planned_on=TODAY - timedelta(days=2))
    there = queries.week(client, week, NOW)
    assert (there.never_made, missing.never_made) == (0, 180)
    assert (there.cuts, there.cut_minutes, there.target) == (missing.cuts, missing.cut_minutes, missing.target)


def test_whoever_was_here_before_the_week_is_not_cut_off_by_another_group(week, opened_today):
    monday, *others = opened_today
    client = begin(others, since=week.start)
    EnrollmentFactory(episode=client.episodes.get(), series=monday, since=TODAY)
    ledger = queries.week(client, week, NOW)
    assert (ledger.cuts, ledger.target) == ((), 540)


def test_the_week_after_the_first_asks_for_a_whole_week(week, opened_today):
    client = begin(opened_today)
    ledger = queries.week(client, week_with(TODAY + timedelta(days=7), POMONA), NOW)
    assert (ledger.cuts, ledger.target) == ((), 540)
