"""Where the groups of a week stand in a picture: days one below the other, time from left to right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

QUARTER = 15
#: hours in which no group of the week meets shrink to so many columns
BREAK = 2
#: a name of a time that would touch the one before it is left out
LEAST_APART = 3


@dataclass(frozen=True)
class Slot:
    """One group: `day` counts from 0, `start` and `end` are minutes after midnight; `end` may lie after the next."""

    key: int
    day: int
    start: int
    end: int


@dataclass(frozen=True)
class Place:
    """Columns count from 1, lanes too: groups of one time stand one below the other."""

    column: int
    span: int
    lane: int


@dataclass(frozen=True)
class Timetable:
    places: dict[int, Place]
    #: where a time is named: column, minutes after midnight
    marks: tuple[tuple[int, int], ...]
    #: columns that stand for hours without groups: first, last
    breaks: tuple[tuple[int, int], ...]
    columns: int


def timetable(slots: Iterable[Slot]) -> Timetable:
    """Lay a week out. ValueError for a slot that ends before it starts. Without slots there is nothing to draw."""
    listed = sorted(slots, key=lambda slot: (slot.day, slot.start, slot.end, slot.key))
    if any(slot.start >= slot.end for slot in listed):
        raise ValueError("A group ends after it starts.")
    columns, breaks, count = _columns(listed)
    lanes = _lanes(listed)
    places = {
        slot.key: Place(columns[_first(slot)], columns[_last(slot)] - columns[_first(slot)] + 1, lanes[slot.key])
        for slot in listed
    }
    return Timetable(places, _marks(listed, columns), breaks, count)


def _first(slot: Slot) -> int:
    return slot.start // QUARTER


def _last(slot: Slot) -> int:
    return -(-slot.end // QUARTER) - 1


def _columns(slots: Sequence[Slot]) -> tuple[dict[int, int], tuple[tuple[int, int], ...], int]:
    """The column of each quarter of an hour in which some group meets."""
    used = sorted({quarter for slot in slots for quarter in range(_first(slot), _last(slot) + 1)})
    columns: dict[int, int] = {}
    breaks: list[tuple[int, int]] = []
    column = 0
    for before, quarter in zip([None, *used], used, strict=False):
        if before is not None and quarter - before > 1:
            wide = min(BREAK, quarter - before - 1)
            breaks.append((column + 1, column + wide))
            column += wide
        column += 1
        columns[quarter] = column
    return columns, tuple(breaks), column


def _lanes(slots: Sequence[Slot]) -> dict[int, int]:
    """The first lane of the day that is free at that time."""
    lanes: dict[int, int] = {}
    free: dict[int, list[int]] = {}
    for slot in slots:
        ends = free.setdefault(slot.day, [])
        lane = next((n for n, end in enumerate(ends) if end <= slot.start), len(ends))
        ends[lane : lane + 1] = [slot.end]
        lanes[slot.key] = lane + 1
    return lanes


def _marks(slots: Sequence[Slot], columns: dict[int, int]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for start in sorted({slot.start for slot in slots}):
        column = columns[start // QUARTER]
        if not found or column - found[-1][0] >= LEAST_APART:
            found.append((column, start))
    return tuple(found)
