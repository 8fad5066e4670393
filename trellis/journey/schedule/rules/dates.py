"""Which days a series meets on, and at which instants."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True)
class Rule:
    """When a group meets: every week on `weekday` (0 is Monday) at `start` on the wall clock, for `minutes`."""

    weekday: int
    start: time
    minutes: int
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Dated:
    day: date
    starts_at: datetime  # UTC
    ends_at: datetime  # UTC
    holiday: bool


def days(rule: Rule, first: date, last: date) -> list[date]:
    """The days from `first` to `last` (both included) on which the rule holds."""
    first = max(first, rule.since)
    last = last if rule.until is None else min(last, rule.until)
    day = first + timedelta(days=(rule.weekday - first.weekday()) % 7)
    found = []
    while day <= last:
        found.append(day)
        day += timedelta(days=7)
    return found


def instants(day: date, start: time, minutes: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """Start and end in UTC. The start keeps its place on the wall clock across a change; the length is real minutes.

    A start that the clock skips in spring is read an hour later; one that comes twice in autumn is the first.
    """
    starts_at = datetime.combine(day, start, tzinfo=zone).astimezone(UTC)
    return starts_at, starts_at + timedelta(minutes=minutes)


def dated(rule: Rule, first: date, last: date, zone: tzinfo, holidays: Container[date]) -> list[Dated]:
    """The sessions of a rule between two days. A holiday is in the list and says so: the week can explain itself."""
    return [
        Dated(day, *instants(day, rule.start, rule.minutes, zone), holiday=day in holidays)
        for day in days(rule, first, last)
    ]


def in_the_same_week(day: date, weekday: int) -> date:
    """The day of the same Monday-to-Sunday week that falls on `weekday`."""
    return day + timedelta(days=weekday - day.weekday())


def last_day_ahead(today: date, weeks: int) -> date:
    """How far sessions are made ahead: to the end of the `weeks`-th week after this one."""
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=7 * (weeks + 1) - 1)


def whole_years(born_on: date, on: date) -> int:
    """Age in whole years. Somebody born on 29 February turns a year older on 1 March of a common year."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
