"""Minutes: which of a session count, for whom, and once only. Spans are whole minutes since 1970 in UTC, ends open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Span = tuple[int, int]
Size = Literal["", "below", "above"]


def minute(instant: datetime) -> int:
    """Whole minutes since 1970. ValueError for a naive instant."""
    if instant.tzinfo is None:
        raise ValueError("minutes need an aware instant")
    return int(instant.astimezone(UTC).timestamp()) // 60


def total(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def counted(starts: int, ends: int, break_after: int, break_minutes: int) -> tuple[Span, ...]:
    """The session without its break, which never counts (payers pay direct time)."""
    pause = min(starts + break_after, ends)
    resume = min(pause + break_minutes, ends)
    return tuple((a, b) for a, b in ((starts, pause), (resume, ends)) if a < b)


def within(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The parts of `spans` between two minutes."""
    clipped = ((max(a, start), min(b, end)) for a, b in spans)
    return tuple((a, b) for a, b in clipped if a < b)


def without(spans: Iterable[Span], taken: Iterable[Span]) -> tuple[Span, ...]:
    """The parts of `spans` that no span of `taken` covers."""
    left = list(spans)
    for start, end in taken:
        left = (
            [part for a, b in left for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]]
            if start < end
            else left
        )
    return tuple(left)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same minutes as few spans in order: a minute in two of them is there once."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def seated(spans: Sequence[Span], late: int, left_early: int) -> tuple[Span, ...]:
    """Counted spans from the arrival (`late` minutes after the start) to the leaving (`left_early` before the end)."""
    if not spans:
        return ()
    return within(spans, spans[0][0] + late, spans[-1][1] - left_early)


@dataclass(frozen=True)
class Counting:
    """How a kind of hour counts, and for how many people at once."""

    countable: bool
    group_min: int = 1
    group_max: int = 100
    below_countable: bool = False
    above_countable: bool = False
    below_counts_as: str = ""
    above_counts_as: str = ""


@dataclass(frozen=True)
class HowItCounts:
    countable: bool
    size: Size = ""
    counts_as: str = ""  # another service kind; empty: its own kind, or none


def how_it_counts(kind: Counting, people: int) -> HowItCounts:
    """Whether minutes of a group of `people` count (Drug Medi-Cal group counseling: 2 to 12 people).

    Too few or too many never refuses anybody: the minutes count as the other kind the blueprint names, or not at all.
    """
    if people < kind.group_min:
        return HowItCounts(kind.below_countable, "below", kind.below_counts_as)
    if people > kind.group_max:
        return HowItCounts(kind.above_countable, "above", kind.above_counts_as)
    return HowItCounts(kind.countable)
