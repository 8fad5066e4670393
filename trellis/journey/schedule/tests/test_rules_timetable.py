"""The week as a picture: pure layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.schedule.rules.timetable import BREAK, Place, Slot, timetable

MORNING, EVENING = 9 * 60, 17 * 60 + 30


def test_two_groups_of_one_time_stand_one_below_the_other():
    drawn = timetable([Slot(1, 0, MORNING, MORNING + 90), Slot(2, 0, MORNING, MORNING + 90)])
    assert drawn.places == {1: Place(1, 6, 1), 2: Place(1, 6, 2)}
    assert drawn.columns == 6
    assert drawn.marks == ((1, MORNING),)


def test_a_lane_is_used_again_when_its_group_is_over():
    drawn = timetable([Slot(1, 0, MORNING, MORNING + 60), Slot(2, 0, MORNING + 60, MORNING + 120)])
    assert [drawn.places[key].lane for key in (1, 2)] == [1, 1]
    assert drawn.places[2].column == 5


def test_hours_without_groups_shrink():
    drawn = timetable([Slot(1, 0, MORNING, MORNING + 60), Slot(2, 2, EVENING, EVENING + 60)])
    assert drawn.columns == 4 + BREAK + 4
    assert drawn.breaks == ((5, 6),)
    assert drawn.marks == ((1, MORNING), (7, EVENING))


def test_a_gap_of_one_quarter_stays_one_column():
    drawn = timetable([Slot(1, 0, 540, 555), Slot(2, 0, 570, 585)])
    assert drawn.columns == 3
    assert drawn.breaks == ((2, 2),)


def test_times_that_would_touch_are_named_once():
    drawn = timetable([Slot(1, 0, 540, 600), Slot(2, 1, 555, 600)])
    assert drawn.marks == ((1, 540),)


def test_an_odd_minute_fills_its_quarter():
    assert timetable([Slot(1, 0, 545, 602)]).places[1] == Place(1, 5, 1)


def test_a_week_without_groups_is_empty():
    assert timetable([]).columns == 0


def test_a_group_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends after"):
        timetable([Slot(1, 0, 60, 60)])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1380), st.integers(1, 240)), max_size=25))
def test_groups_that_overlap_never_share_a_lane_and_all_stand_within_the_picture(drawn):
    slots = [Slot(n, day, start, start + length) for n, (day, start, length) in enumerate(drawn)]
    table = timetable(slots)
    for slot in slots:
        place = table.places[slot.key]
        assert 1 <= place.column <= place.column + place.span - 1 <= table.columns
        for other in slots:
            together = slot.day == other.day and slot.start < other.end and other.start < slot.end
            if other.key != slot.key and together:
                assert place.lane != table.places[other.key].lane
    assert list(table.marks) == sorted(table.marks)
