"""Which sessions of the rest of the week could make hours up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from trellis.journey.schedule.rules.minutes import Span, counted, minute, total, without


@dataclass(frozen=True)
class Candidate:
    """A session with room for one more; plain values."""

    session: int
    starts_at: datetime
    ends_at: datetime
    break_after: int
    break_minutes: int
    countable: bool
    expected: int  # how many are expected or there
    capacity: int

    @property
    def spans(self) -> tuple[Span, ...]:
        return counted(minute(self.starts_at), minute(self.ends_at), self.break_after, self.break_minutes)

    @property
    def whole(self) -> Span:
        return minute(self.starts_at), minute(self.ends_at)


@dataclass(frozen=True)
class Suggestion:
    session: int
    minutes: int
    #: this one alone makes up what is short
    enough: bool


def suggestions(
    candidates: Iterable[Candidate], *, short: int, busy: Sequence[Span], now: datetime, at_most: int = 3
) -> tuple[Suggestion, ...]:
    """Sessions that do not clash with `busy` (the client's own times) and have room, best first; minutes are net.

    Best: makes the whole shortfall up; among equals the earlier one. Nothing short: nothing to suggest.
    """
    if short <= 0:
        return ()
    open_ones = [c for c in candidates if is_open(c, busy, now)]
    ranked = sorted(open_ones, key=lambda c: (total(c.spans) < short, c.starts_at, c.session))
    return tuple(Suggestion(c.session, total(c.spans), total(c.spans) >= short) for c in ranked[:at_most])


def is_open(candidate: Candidate, busy: Sequence[Span], now: datetime) -> bool:
    free = without((candidate.whole,), busy) == (candidate.whole,)
    return candidate.countable and candidate.starts_at > now and candidate.expected < candidate.capacity and free
