"""What a week held before somebody's first day, where those sessions were never made: they are made from today on."""

from collections.abc import Collection, Container
from dataclasses import dataclass
from datetime import date, time, timedelta, tzinfo

from trellis.journey.schedule.rules.dates import instants
from trellis.journey.schedule.rules.minutes import Span, counted, merged, minute


@dataclass(frozen=True)
class Joined:
    """A group that meets every week, and somebody's first day in it. `weekday`: 0 is Monday; `start`: wall clock."""

    series: int
    since: date
    weekday: int
    start: time
    minutes: int  # on the clock, break included
    break_after: int
    break_minutes: int
    countable: bool


def never_made(
    groups: Collection[Joined], week_start: date, made: Container[tuple[int, date]], zone: tzinfo
) -> tuple[Span, ...]:
    """Countable minutes that the groups somebody began with give on the days of the week before their first day.

    `groups`: all that they belong to in the week; nothing where one of them runs since its first day or longer.
    `made`: series and day of the sessions that there are; those speak for themselves.
    """
    first = min((group.since for group in groups), default=week_start)
    return merged(
        span
        for group in groups
        if group.countable and group.since == first
        if (day := _day_of(group, week_start)) < first and (group.series, day) not in made
        for span in _spans(group, day, zone)
    )


def _day_of(group: Joined, week_start: date) -> date:
    return week_start + timedelta(days=(group.weekday - week_start.weekday()) % 7)


def _spans(group: Joined, day: date, zone: tzinfo) -> tuple[Span, ...]:
    starts_at, ends_at = instants(day, group.start, group.minutes, zone)
    return counted(minute(starts_at), minute(ends_at), group.break_after, group.break_minutes)
