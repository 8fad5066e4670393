"""The last day, the last minute, the last place: where a rule turns."""

from datetime import UTC, date, datetime, timedelta

import pytest

from trellis.journey.schedule.rules.cuts import Away, Belonging, cut_of
from trellis.journey.schedule.rules.makeup import Candidate, suggestions
from trellis.journey.schedule.rules.marks import fault
from trellis.journey.schedule.rules.minutes import Counting, how_it_counts, merged
from trellis.journey.schedule.rules.places import Places, warnings
from trellis.journey.schedule.rules.timetable import Slot, timetable
from trellis.journey.schedule.rules.week import Sitting, state_of, target

DAY = date(2026, 11, 23)
STARTS = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
ENDS = STARTS + timedelta(minutes=90)
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


def cut(**belonging):
    return cut_of(Belonging(**belonging), DAY, cancelled=False, cancel_reason="", was_there=False)


def test_the_first_and_the_last_day_of_a_leave_belong_to_it():
    assert cut(aways=(Away("leave", DAY, DAY),)) == "leave"
    assert cut(aways=(Away("leave", DAY - A_DAY, DAY - A_DAY),)) is None
    assert cut(aways=(Away("leave", DAY + A_DAY),)) is None


def test_the_first_and_the_last_day_in_a_group_are_the_clients():
    assert cut(since=DAY, until=DAY) is None
    assert cut(since=DAY + A_DAY) == "start"
    assert cut(until=DAY - A_DAY) == "end"


def marked(now):
    return fault("present", late=0, left_early=0, starts_at=STARTS, ends_at=ENDS, now=now, cancelled=False)


def test_the_doors_open_an_hour_before_and_not_a_minute_sooner():
    assert marked(STARTS - timedelta(minutes=60)) is None
    assert marked(STARTS - timedelta(minutes=61)) == "too_soon"


def test_a_session_is_over_at_its_last_minute():
    sitting = Sitting(1, "s1", {}, "group", DAY, STARTS, ENDS, 0, 0, Counting(True))
    assert state_of(sitting, None, ENDS) == "unmarked"
    assert state_of(sitting, None, ENDS - A_MINUTE) == "planned"


def test_spans_that_touch_are_one():
    assert merged([(0, 10), (10, 20), (21, 30)]) == ((0, 20), (21, 30))


@pytest.mark.parametrize(("people", "size"), [(1, "below"), (2, ""), (12, ""), (13, "above")])
def test_a_group_of_its_least_and_of_its_most_people_is_a_group(people, size):
    assert how_it_counts(Counting(True, 2, 12), people).size == size


def test_a_track_is_full_with_its_last_place():
    assert Places(12, 12).full
    assert not Places(11, 12).full


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (0, ()),
        (2, ("below_minimum",)),
        (3, ()),
        (8, ()),
        (9, ("over_capacity",)),
        (10, ("over_capacity",)),
        (11, ("over_capacity", "above_maximum")),
    ],
)
def test_a_room_warns_from_the_first_person_too_few_or_too_many(people, said):
    assert warnings(people, capacity=8, group_min=3, group_max=10) == said


def candidate(**changes):
    values = {"break_after": 0, "break_minutes": 0, "countable": True, "expected": 7, "capacity": 8} | changes
    return Candidate(1, STARTS, ENDS, **values)


def test_a_session_makes_up_exactly_its_minutes_and_takes_the_last_place():
    def offered(candidate, short, now=STARTS - A_MINUTE):
        return suggestions([candidate], short=short, busy=(), now=now)

    assert [one.enough for one in offered(candidate(), 90)] == [True]
    assert [one.enough for one in offered(candidate(), 91)] == [False]
    assert offered(candidate(expected=8), 90) == ()
    assert offered(candidate(), 90, now=STARTS) == ()


def test_times_are_named_where_three_columns_lie_between():
    def named(gap):
        return len(timetable([Slot(1, 0, 600, 900), Slot(2, 1, 600 + gap, 900)]).marks)

    assert named(45) == 2
    assert named(30) == 1


def test_a_cut_week_asks_half_an_hour_less_than_it_offered():
    assert target(540, 300, 240) == 270
    assert target(540, 540, 50) == 540
    assert target(540, 300, 0) == 540
