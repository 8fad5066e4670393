"""By when we call: counted in the hours in which somebody is here."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from trellis.foundation.program.rules import at

#: A promise is spoken in quarters of an hour ("before 10:15").
QUARTER = timedelta(minutes=15)
#: Who closes longer than this has no promise to make.
HORIZON_DAYS = 60


@dataclass(frozen=True)
class Opening:
    """A stretch of one weekday (0 is Monday) in which somebody answers, in local time."""

    weekday: int
    opens: time
    closes: time


class NeverOpen(ValueError):
    """The program has no open hour in the next sixty days."""


def respond_by(
    asked_at: datetime, openings: Sequence[Opening], closed: Callable[[date], bool], zone: tzinfo, promise: timedelta
) -> datetime:
    """The instant, in UTC, by which somebody who asked at `asked_at` (aware) hears from us.

    `promise` is counted in open time only, across nights, weekends, days for which `closed` is true and clock changes,
    then rounded up to a quarter of an hour, but never past the closing time of its own day. NeverOpen when no hour is
    open.
    """
    left = promise
    for starts, ends in open_spans(asked_at, openings, closed, zone):
        starts = max(starts, asked_at)
        if left <= ends - starts:
            return min(_up_to_quarter(starts + left, zone), ends)
        left -= ends - starts
    raise NeverOpen("the program has no open hour in sight")


def next_try(
    last_at: datetime, openings: Sequence[Opening], closed: Callable[[date], bool], zone: tzinfo, days: int = 1
) -> datetime:
    """When we owe another call after one without answer.

    The close, in UTC, of the `days`-th open day after the local day of `last_at` (aware). NeverOpen when there is none.
    """
    today = last_at.astimezone(zone).date()
    ends: dict[date, datetime] = {}
    for _starts, closes in open_spans(last_at, openings, closed, zone):
        day = closes.astimezone(zone).date()
        if day > today and day not in ends and len(ends) == days:
            break
        if day > today:
            ends[day] = closes
    if len(ends) < days:
        raise NeverOpen("the program has no open day in sight")
    return max(ends.values())


def open_spans(
    since: datetime, openings: Sequence[Opening], closed: Callable[[date], bool], zone: tzinfo
) -> Iterator[tuple[datetime, datetime]]:
    """The open stretches that end after `since`, in order, as UTC instants."""
    first = since.astimezone(zone).date()
    for offset in range(HORIZON_DAYS):
        day = first + timedelta(days=offset)
        if closed(day):
            continue
        for opening in _merged(openings, day.weekday()):
            starts, ends = at(day, opening[0], zone), at(day, opening[1], zone)
            if starts < ends and ends > since:
                yield starts, ends


def _merged(openings: Collection[Opening], weekday: int) -> list[tuple[time, time]]:
    """One weekday's hours in order; hours that overlap or touch are one stretch."""
    spans: list[tuple[time, time]] = []
    for opens, closes in sorted((o.opens, o.closes) for o in openings if o.weekday == weekday):
        if spans and opens <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], closes))
        else:
            spans.append((opens, closes))
    return spans


def _up_to_quarter(moment: datetime, zone: tzinfo) -> datetime:
    # Zones differ from UTC by whole quarters of an hour, so the wall clock shows a round time too.
    seconds = moment.timestamp() % QUARTER.total_seconds()
    return moment + timedelta(seconds=QUARTER.total_seconds() - seconds) if seconds else moment


DayWord = Literal["today", "tomorrow", "weekday", "date"]


@dataclass(frozen=True)
class PromiseParts:
    """A moment as people say it, before it is put into a language: which day word, which day, which time."""

    day_word: DayWord
    day: date
    time: time

    @property
    def hour12(self) -> int:
        return self.time.hour % 12 or 12


def promise_parts(moment: datetime, now: datetime, zone: tzinfo) -> PromiseParts:
    """`moment` seen from `now` (both aware): today, tomorrow, a weekday within six days, or a date."""
    there, here = moment.astimezone(zone), now.astimezone(zone)
    away = (there.date() - here.date()).days
    word: DayWord = "date"
    if away in (0, 1):
        word = "tomorrow" if away else "today"
    elif 1 < away < 7:
        word = "weekday"
    return PromiseParts(word, there.date(), there.time().replace(second=0, microsecond=0, fold=0))


def is_overdue(call_by: datetime | None, now: datetime) -> bool:
    """Whether a call that was promised is late; nothing promised is never late."""
    return call_by is not None and call_by < now
