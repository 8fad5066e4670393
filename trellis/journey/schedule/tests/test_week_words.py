from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from trellis.journey.schedule import week_words
from trellis.journey.schedule.rules.week import WeekLedger
from trellis.journey.schedule.tests.factories import NOW, POMONA

LOCAL = NOW.astimezone(POMONA)


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(minutes=-10), "Now, until 7:30 pm"),
        (timedelta(seconds=20), "Next, in 1 min"),
        (timedelta(minutes=25), "Next, in 25 min"),
        (timedelta(hours=1), "Next, in 1 hour"),
        (timedelta(hours=3, minutes=40), "Next, in 4 hours"),
        (timedelta(days=1), "Next"),
    ],
)
def test_how_soon_it_is(away, said):
    ends = datetime(2026, 11, 25, 19, 30, tzinfo=POMONA)
    assert week_words.soon(LOCAL + away, ends, NOW) == said


@pytest.mark.parametrize(("days", "said"), [(0, "Today"), (1, "Tomorrow"), (2, "Friday, November 27")])
def test_days_are_spoken_as_people_do(days, said):
    today = date(2026, 11, 25)
    assert week_words.relative_day(today + timedelta(days=days), today) == said


@pytest.mark.parametrize(("names", "said"), [([], ""), (["Dana"], "Dana"), (["Dana", "Luis"], "Dana and Luis")])
def test_names_are_joined(names, said):
    assert week_words.and_list(names) == said


def ledger(**changes):
    whole = {
        "start": date(2026, 11, 23), "end": date(2026, 11, 29), "prescribed": None, "enough": 540, "days_needed": 3,
        "lines": (), "planned": 570, "cut_minutes": 0, "attended": 0, "countable": 0, "to_come": 570, "unmarked": 0,
        "target": 540, "days_attended": 0,
    }  # fmt: skip
    return WeekLedger(**{**whole, **changes})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "On track."),
        ({"countable": 545, "to_come": 0}, "That is enough for this week."),
        ({"countable": 200, "to_come": 323}, "17 min can still be made up. Talk with us about how."),
        ({"planned": 400, "to_come": 400}, "Your groups this week hold less than that. We look at it together."),
    ],
)
def test_the_week_is_told_without_blame(changes, said):
    assert week_words.status(ledger(**changes)) == said


def test_a_shorter_week_says_so_first():
    line = SimpleNamespace(cut="holiday")
    short = ledger(lines=(line,), planned=400, to_come=400, target=370, cut_minutes=170)
    assert week_words.status(short) == "This week is shorter, so less is enough. On track."


def test_every_state_and_every_cut_has_a_word():
    assert set(week_words.WORDS) | {"cut"} == set(week_words.LineState.values)
    assert set(week_words.CUTS) == set(week_words.Cut.values)


def test_until_a_group_is_over_its_size_does_not_take_minutes_away():
    counting = SimpleNamespace(countable=True)
    sitting = SimpleNamespace(ends_at=NOW + timedelta(minutes=30), counting=counting)
    line = SimpleNamespace(sitting=sitting, attended=80, countable=0)
    assert week_words.counted(line, NOW) == 80
    assert week_words.counted(line, NOW + timedelta(hours=1)) == 0
