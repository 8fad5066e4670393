"""A week drawn as seven columns around a day job. Pure: days count from Monday, times are minutes after midnight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["work", "group", "one", "free"]

WIDTH, GUTTER, HEAD, GAP, PER_HOUR = 320.0, 46.0, 22.0, 4.0, 15.5
LEAST_BLOCK, LABEL_ROOM = 14.0, 16.0


@dataclass(frozen=True)
class Block:
    day: int
    start: int
    end: int
    kind: BlockKind
    label: str


@dataclass(frozen=True)
class DrawnBlock:
    block: Block
    x: float
    y: float
    width: float
    height: float
    word_x: float
    word_y: float
    has_word: bool


@dataclass(frozen=True)
class Column:
    day: int
    x: float
    width: float
    middle: float


@dataclass(frozen=True)
class HourMark:
    minute: int
    y: float


@dataclass(frozen=True)
class WeekGrid:
    width: float
    height: float
    top: float
    column_height: float
    columns: tuple[Column, ...]
    blocks: tuple[DrawnBlock, ...]
    marks: tuple[HourMark, ...]

    @property
    def rows(self) -> tuple[Block, ...]:
        return tuple(sorted((b.block for b in self.blocks), key=lambda b: (b.day, b.start)))


def week_grid(blocks: Sequence[Block]) -> WeekGrid:
    """Place the blocks of one week.

    In: blocks with 0 <= day <= 6 and 0 <= start < end <= 1440. Out: positions in SVG user units; the picture runs
    from the first hour used to the last. Raises ValueError for a block outside of a day or for an empty week.
    """
    if not blocks:
        raise ValueError("A week without a block has nothing to draw.")
    if any(not (0 <= b.day <= 6 and 0 <= b.start < b.end <= 1440) for b in blocks):
        raise ValueError("A block lies within one day, Monday (0) to Sunday (6), and ends after it starts.")
    first = min(b.start for b in blocks) // 60 * 60
    last = -(-max(b.end for b in blocks) // 60) * 60
    column_height = round((last - first) / 60 * PER_HOUR, 1)
    step = (WIDTH - GUTTER) / 7
    columns = tuple(
        Column(
            day, round(GUTTER + day * step + GAP / 2, 1), round(step - GAP, 1), round(GUTTER + (day + 0.5) * step, 1)
        )
        for day in range(7)
    )
    return WeekGrid(
        width=WIDTH,
        height=round(HEAD + column_height + 4, 1),
        top=HEAD,
        column_height=column_height,
        columns=columns,
        blocks=tuple(_place(b, columns[b.day], first) for b in blocks),
        marks=tuple(_marks(blocks, first)),
    )


def _place(block: Block, column: Column, first: int) -> DrawnBlock:
    y = round(HEAD + (block.start - first) / 60 * PER_HOUR, 1)
    height = round(max(LEAST_BLOCK, (block.end - block.start) / 60 * PER_HOUR), 1)
    return DrawnBlock(
        block, column.x, y, column.width, height,
        word_x=column.middle, word_y=round(y + height / 2 + 3.6, 1), has_word=height >= LEAST_BLOCK,
    )  # fmt: skip


def _marks(blocks: Sequence[Block], first: int) -> Iterator[HourMark]:
    """Beginnings are named before ends, and a name that would touch one already given is left out."""
    moments = sorted({b.start for b in blocks}) + sorted({b.end for b in blocks})
    given: list[float] = []
    for minute in moments:
        y = HEAD + (minute - first) / 60 * PER_HOUR
        if all(abs(y - other) >= LABEL_ROOM for other in given):
            given.append(y)
            yield HourMark(minute, round(y + 4.5, 1))
