"""A measure over time, laid out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.ui.trajectory import GUTTER, MOST_DOTS, PLOT, TOP, WIDTH, Band, Bar, Dot, Event, Range, trajectory

DAY = date(2026, 9, 1)
dots = st.lists(
    st.builds(Dot, st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 27)), min_size=1, max_size=60
)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


@given(dots, st.lists(st.builds(Bar, st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.integers(0, 9)), max_size=20))
def test_whatever_is_drawn_stays_within_the_picture(points, bars):
    drawn = trajectory(points, low=0, high=27, bars=bars)
    pairs = [tuple(map(float, pair.split())) for pair in drawn.line[1:].split(" L")]
    assert len(pairs) == len(points)
    for x, y in pairs:
        assert GUTTER <= x <= WIDTH
        assert TOP <= y <= TOP + PLOT
    assert [x for x, _ in pairs] == sorted(x for x, _ in pairs)
    for bar in drawn.bars:
        assert bar.x >= GUTTER
        assert bar.x + bar.width <= WIDTH
        assert bar.y + bar.height <= drawn.strip_foot + 0.2


def test_the_low_end_is_at_the_foot_and_the_high_end_at_the_top():
    drawn = trajectory([Dot(DAY, 0), Dot(after(10), 27)], low=0, high=27)
    assert (drawn.dots[0].y, drawn.dots[1].y) == (TOP + PLOT, TOP)
    assert drawn.last == drawn.dots[1]


def test_bands_meet_and_their_beginnings_stand_at_the_side():
    drawn = trajectory([Dot(DAY, 3)], low=0, high=10, bands=[Band(0, 4, "low"), Band(5, 10, "high")])
    assert [mark.words for mark in drawn.marks] == ["0", "5", "10"]
    assert [band.tint for band in drawn.bands] == [0, 1]
    assert drawn.bands[1].y == TOP
    assert drawn.bands[0].y == drawn.bands[1].y + drawn.bands[1].height


def test_a_single_form_is_a_picture_too():
    drawn = trajectory([Dot(DAY, 3)], low=0, high=10)
    assert drawn.last.x == GUTTER


def test_many_forms_are_a_line_without_dots():
    assert trajectory([Dot(after(n), 3) for n in range(MOST_DOTS)], low=0, high=10).dots
    assert not trajectory([Dot(after(n), 3) for n in range(MOST_DOTS + 1)], low=0, high=10).dots


def test_events_outside_of_the_days_are_left_out():
    events = [Event(after(-1), "before"), Event(after(2), "within"), Event(after(9), "after")]
    drawn = trajectory([Dot(DAY, 1), Dot(after(4), 1)], low=0, high=10, events=events)
    assert [event.words for event in drawn.events] == ["within"]


def test_the_tallest_bar_fills_its_strip_and_no_bar_takes_no_room():
    points = [Dot(DAY, 1), Dot(after(20), 1)]
    drawn = trajectory(points, low=0, high=10, bars=[Bar(DAY, 2), Bar(after(7), 4), Bar(after(700), 9)])
    assert [bar.height for bar in drawn.bars] == [13.0, 26.0]
    plain = trajectory(points, low=0, high=10, bars=[Bar(DAY, 0)])
    assert plain.bars == ()
    assert plain.height < drawn.height


@pytest.mark.parametrize(("points", "low", "high"), [([], 0, 1), ([Dot(DAY, 1)], 3, 3), ([Dot(DAY, 11)], 0, 10)])
def test_what_cannot_be_drawn_is_refused(points, low, high):
    with pytest.raises(ValueError):
        trajectory(points, low=low, high=high)


def test_what_is_usual_lies_behind_the_line_as_one_area_for_each_run_of_weeks():
    weeks = [Range(after(7 * n), after(7 * n + 6), 2 + n, 12 + n) for n in (0, 1, 3)]
    drawn = trajectory([Dot(after(2), 5), Dot(after(24), 9)], low=0, high=27, usual=[weeks, []])
    (area,) = drawn.usual
    assert area.count("M") == area.count("Z") == 2
    xs = [float(pair.split()[0]) for run in area.split("Z")[:-1] for pair in run.strip()[1:].split(" L")]
    assert (min(xs), max(xs)) == (GUTTER, drawn.last.x)
    outside = trajectory([Dot(after(90), 5)], low=0, high=27, usual=[weeks])
    assert outside.usual == ()
