from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.ui.weekgrid import LABEL_ROOM, Block, week_grid

blocks = st.lists(
    st.builds(
        lambda day, start, length, kind: Block(day, start, min(1440, start + length), kind, "x"),
        st.integers(0, 6),
        st.integers(0, 1380),
        st.integers(15, 600),
        st.sampled_from(["work", "group", "one", "free"]),
    ),
    min_size=1,
    max_size=20,
)


@given(blocks)
def test_every_block_stands_in_its_own_column(given_blocks: list[Block]) -> None:
    grid = week_grid(given_blocks)
    for drawn in grid.blocks:
        column = grid.columns[drawn.block.day]
        assert (drawn.x, drawn.width) == (column.x, column.width)
        assert grid.top - 0.1 <= drawn.y
        assert drawn.x + drawn.width <= grid.width


@given(blocks)
def test_names_of_hours_do_not_touch(given_blocks: list[Block]) -> None:
    heights = sorted(mark.y for mark in week_grid(given_blocks).marks)
    assert heights
    assert all(b - a >= LABEL_ROOM - 0.2 for a, b in pairwise(heights))


def test_the_list_beside_it_goes_day_by_day() -> None:
    late, early = Block(2, 600, 660, "one", "1:1"), Block(0, 480, 540, "work", "work")
    assert week_grid([late, early]).rows == (early, late)


@pytest.mark.parametrize(
    "wrong", [Block(7, 0, 60, "work", "x"), Block(0, 60, 60, "work", "x"), Block(0, 0, 1441, "work", "x")]
)
def test_a_block_outside_of_its_day_is_refused(wrong: Block) -> None:
    with pytest.raises(ValueError, match="within one day"):
        week_grid([wrong])


def test_an_empty_week_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        week_grid([])
