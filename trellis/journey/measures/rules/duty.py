"""Who is on duty at an instant, by the wall clock of the program. Pure.

A shift is said in times of day, so it is asked in times of day: in the hour that comes twice it counts twice, and one
that would begin in the hour that is left out begins when the clock has gone on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

#: those on duty together; the first is told first, the next where nobody of them answers
Level = tuple[str, ...]

_MINUTE = timedelta(minutes=1)
_WEEK = 8  # days: today and the same day a week on


@dataclass(frozen=True)
class Shift:
    """`days`: on which it begins, 0 is Monday. It ends on the next day where it does not close after it opens."""

    days: frozenset[int]
    opens: time
    closes: time
    who: tuple[Level, ...]

    def covers(self, local: datetime) -> bool:
        at, day = local.time(), local.weekday()
        if self.opens < self.closes:
            return day in self.days and self.opens <= at < self.closes
        return (day in self.days and at >= self.opens) or ((day - 1) % 7 in self.days and at < self.closes)


def on_duty(shifts: Iterable[Shift], local_now: datetime) -> tuple[Level, ...]:
    """In the order of climbing; empty: nobody. Shifts that overlap are put together level by level."""
    now = [shift.who for shift in shifts if shift.covers(local_now)]
    deepest = max(map(len, now), default=0)
    return tuple(
        tuple(dict.fromkeys(name for who in now if depth < len(who) for name in who[depth])) for depth in range(deepest)
    )


def next_shift(shifts: Iterable[Shift], local_now: datetime) -> datetime | None:
    """When somebody is on duty next, in the same zone; None where no shift ever begins.

    While somebody is on duty: the next beginning of a shift.
    """
    starts = (_first(shift, when, local_now) for shift in shifts for when in _openings(shift, local_now))
    return min((start for start in starts if start is not None), key=lambda start: start.astimezone(UTC), default=None)


def _openings(shift: Shift, local_now: datetime) -> Iterator[datetime]:
    for ahead in range(_WEEK):
        day = local_now.date() + timedelta(days=ahead)
        if day.weekday() in shift.days:
            yield datetime.combine(day, shift.opens, tzinfo=local_now.tzinfo)


def _first(shift: Shift, wall: datetime, local_now: datetime) -> datetime | None:
    """The first instant after now that the wall clock may mean by it: two where an hour comes twice or is left out."""
    ends = sorted(wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    instant, last, now = ends[0], ends[1], local_now.astimezone(UTC)
    while instant <= last:
        local = instant.astimezone(local_now.tzinfo)
        if instant > now and shift.covers(local):
            return local
        instant += _MINUTE
    return None
