"""Who opened a record, day by day and counted: pure, over plain values."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple

LOOKED = "opened "
#: how far back somebody can read
MONTHS = 36


class Hand(StrEnum):
    """Whose hand it was, where it was nobody's who works here."""

    THEMSELVES = "themselves"
    COMPUTER = "computer"
    UNKNOWN = "unknown"


class Opening(NamedTuple):
    """One event about the person. `who` is a Hand, or the roles in which somebody acted."""

    at: datetime
    who: str
    verb: str
    #: others were named in the same event: it was a list
    listed: bool


class Row(NamedTuple):
    who: str
    verb: str
    listed: bool
    looked: int
    changed: int


@dataclass(frozen=True)
class Day:
    date: date
    rows: list[Row]
    #: how often the person opened or changed it themselves
    own: int


class Sums(NamedTuple):
    looked: int
    listed: int
    changed: int
    own: int


def hand(actor: str, roles: str, account_id: int | None) -> str:
    if actor == f"account:{account_id}":
        return Hand.THEMSELVES
    if actor.startswith("system:"):
        return Hand.COMPUTER
    return roles or Hand.UNKNOWN


def is_list(named: Iterable[str], own: Iterable[str]) -> bool:
    """Somebody else is named beside the person, under whichever of their names."""
    people = (subject for subject in named if subject.startswith(("client:", "inquiry:")))
    return not set(people) <= set(own)


def plain(verb: str) -> str:
    return verb.removeprefix(LOOKED)


def days(openings: Iterable[Opening], zone: tzinfo) -> list[Day]:
    """The newest day first; in a day what happened most often first."""
    by_day: dict[date, list[Opening]] = {}
    for one in openings:
        by_day.setdefault(one.at.astimezone(zone).date(), []).append(one)
    return [_day(day, by_day[day]) for day in sorted(by_day, reverse=True)]


def _day(day: date, openings: list[Opening]) -> Day:
    looked: Counter[tuple[str, str, bool]] = Counter()
    changed: Counter[tuple[str, str, bool]] = Counter()
    others = [one for one in openings if one.who != Hand.THEMSELVES]
    for one in others:
        kind = looked if one.verb.startswith(LOOKED) else changed
        kind[(one.who, plain(one.verb), one.listed)] += 1
    rows = [Row(*key, looked[key], changed[key]) for key in looked.keys() | changed.keys()]
    return Day(day, _in_order(rows), len(openings) - len(others))


def _in_order(rows: list[Row]) -> list[Row]:
    """Each role's work together, the busiest first; what was about the person alone before the lists."""
    busy = Counter[str]()
    for row in rows:
        busy[row.who] += row.looked + row.changed
    return sorted(
        rows,
        key=lambda row: (-busy[row.who], row.who, row.listed, -(row.looked + row.changed), row.verb),
    )


def sums(found: Iterable[Day]) -> Sums:
    days = list(found)
    rows = [row for day in days for row in day.rows]
    return Sums(
        looked=sum(row.looked for row in rows if not row.listed),
        listed=sum(row.looked for row in rows if row.listed),
        changed=sum(row.changed for row in rows),
        own=sum(day.own for day in days),
    )


def weeks(found: Iterable[Day], month: date, until: date) -> list[tuple[date, date, int]]:
    """The weeks of a month up to a day, cut where the month is: first day, last day, how often others opened it."""
    counts = {day.date: sum(row.looked + row.changed for row in day.rows) for day in found}
    # The trail is dated by the database's clock, and a demo's own clock may stand before it.
    last = min(next_month(month) - timedelta(days=1), max([until, *counts]))
    cut, first = [], month
    while first <= last:
        end = min(first + timedelta(days=6 - first.weekday()), last)
        cut.append((first, end, sum(count for day, count in counts.items() if first <= day <= end)))
        first = end + timedelta(days=1)
    return cut


def next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(month: date) -> date:
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def earliest(this: date) -> date:
    """The first month that somebody can turn back to."""
    months = this.year * 12 + this.month - 1 - MONTHS
    return date(months // 12, months % 12 + 1, 1)
