import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.ui.vine import MARGIN, PAST, Leaf, Vine, vine

minutes = st.integers(0, 600)
leaves = st.lists(
    st.builds(
        Leaf,
        label=st.text(max_size=8),
        minutes=minutes,
        state=st.sampled_from(["attended", "planned", "next", "missed", "excused"]),
        attended=minutes,
    ),
    max_size=14,
)
weeks = st.builds(
    vine,
    leaves,
    attended=st.integers(0, 2000),
    planned=st.integers(0, 2000),
    enough=st.integers(0, 1200),
    width=st.sampled_from([280.0, 320.0, 480.0]),
)


def numbers(path: str) -> list[float]:
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path)]


def ends(path: str) -> tuple[float, float]:
    found = numbers(path)
    return found[0], found[-2]


@given(weeks)
def test_everything_lies_inside_the_picture(week: Vine) -> None:
    for path in (week.done, week.ahead, week.lost, week.base):
        pairs = numbers(path)
        assert all(0 <= x <= week.width for x in pairs[::2])
        assert all(0 <= y <= week.height for y in pairs[1::2])
    assert all(MARGIN <= leaf.x <= week.width - MARGIN for leaf in week.leaves)
    assert MARGIN <= week.enough_x <= week.width - MARGIN


@given(weeks)
def test_the_parts_of_the_stem_follow_each_other(week: Vine) -> None:
    parts = [ends(path) for path in (week.done, week.ahead, week.lost, week.base) if path]
    for (_, end), (start, _) in pairwise(parts):
        assert start - end <= 0.6
    assert all(start < end for start, end in parts)


@given(weeks)
def test_every_session_has_one_leaf_in_order_of_kind(week: Vine) -> None:
    future = [leaf.x for leaf in week.leaves if leaf.session.state not in PAST]
    attended = [leaf.x for leaf in week.leaves if leaf.session.state == "attended"]
    assert future == sorted(future)
    assert attended == sorted(attended)


@given(leaves, st.integers(0, 900), st.integers(0, 900))
def test_more_attended_is_never_drawn_shorter(sessions: list[Leaf], planned: int, enough: int) -> None:
    less = vine(sessions, attended=60, planned=planned + 120, enough=enough)
    more = vine(sessions, attended=120, planned=planned + 120, enough=enough)
    share = [(ends(w.done)[1] - MARGIN) * w.end for w in (less, more)]
    assert share[0] <= share[1]


@given(weeks)
def test_the_numbers_shown_are_the_numbers_given(week: Vine) -> None:
    assert week.reach == week.attended + sum(s.minutes for s in week.sessions if s.state not in PAST)
    assert week.end >= max(week.attended, week.planned, week.enough, week.reach)
    assert week.ticks[0].hours == 0
    assert week.ticks[-1].hours * 60 == week.end
    assert len(week.ticks) <= 10


def test_the_stem_is_as_long_as_the_minutes_planned() -> None:
    week = vine([Leaf("Mon", 180, "attended", 180), Leaf("Wed", 180, "next")], attended=180, planned=360, enough=360)
    assert ends(week.done)[1] == ends(week.ahead)[0]
    assert ends(week.ahead)[1] == pytest.approx(MARGIN + (320 - 2 * MARGIN) * 360 / week.end, abs=0.1)
    assert week.lost == ""


def test_what_was_missed_can_no_longer_be_reached() -> None:
    week = vine([Leaf("Mon", 180, "missed"), Leaf("Wed", 180, "next")], attended=0, planned=360, enough=540)
    assert week.reach == 180
    assert ends(week.lost)[0] == ends(week.ahead)[1]


def test_two_that_were_missed_do_not_hide_each_other() -> None:
    week = vine([Leaf("Mon", 180, "missed"), Leaf("Tue", 60, "excused")], attended=0, planned=240, enough=540)
    assert week.leaves[0].x != week.leaves[1].x


def test_hours_made_up_beyond_the_plan_lengthen_the_stem() -> None:
    week = vine([Leaf("Mon", 180, "attended", 180)], attended=180, planned=60, enough=60)
    assert (week.ahead, week.lost) == ("", "")


def test_an_empty_week_is_still_drawn() -> None:
    week = vine([], attended=0, planned=0, enough=540)
    assert (week.done, week.ahead, week.leaves) == ("", "", ())
    assert week.base.startswith("M")


@pytest.mark.parametrize(("enough", "anchor"), [(0, "start"), (300, "middle"), (540, "end")])
def test_the_word_at_the_mark_stays_inside(enough: int, anchor: str) -> None:
    assert vine([], attended=0, planned=540, enough=enough).enough_anchor == anchor


@pytest.mark.parametrize("hours", [1, 3, 9, 12, 19, 48])
def test_the_ticks_stay_few(hours: int) -> None:
    assert 2 <= len(vine([], attended=0, planned=hours * 60, enough=0).ticks) <= 6


def test_a_leaf_is_placed_by_one_transform() -> None:
    leaf = vine([Leaf("Mon", 180, "next")], attended=0, planned=180, enough=180).leaves[0]
    assert leaf.transform == f"translate({leaf.x} {leaf.y}) rotate(24) scale({leaf.scale})"


@pytest.mark.parametrize("wrong", [{"attended": -1}, {"planned": -1}, {"enough": -1}])
def test_negative_minutes_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="never negative"):
        vine([], **{"attended": 0, "planned": 0, "enough": 0, **wrong})


def test_a_negative_session_is_refused() -> None:
    with pytest.raises(ValueError, match="never negative"):
        vine([Leaf("Mon", -5, "planned")], attended=0, planned=0, enough=0)
