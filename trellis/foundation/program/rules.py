"""What is true about weeks, hours and holidays. Pure: no database, no clock, no request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from trellis.foundation.program.days import DAYS, Day

if TYPE_CHECKING:  # the shapes stand above this file: they are values here, never built here
    from trellis.foundation.program.schema.program import HolidayRule, HourRule, ServiceKind
    from trellis.foundation.program.schema.week import Series, Track

#: A track reaches more than its rule asks, so that one late arrival does not cost the week.
SPARE_MINUTES = 30
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """One week of the program: its first and last day, and its instants in UTC: `starts_at` ≤ instant < `ends_at`."""

    start: date
    end: date
    starts_at: datetime
    ends_at: datetime

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.start + timedelta(days=n) for n in range(7))

    def __contains__(self, moment: object) -> bool:
        if isinstance(moment, datetime):
            return self.starts_at <= moment < self.ends_at
        return isinstance(moment, date) and self.start <= moment <= self.end


def at(day: date, moment: time, zone: tzinfo) -> datetime:
    """The instant, in UTC, at which the clock on the wall shows `moment` on `day`.

    A time that the clock skips in spring is read an hour later; one that it shows twice in autumn is the first.
    """
    return datetime.combine(day, moment, tzinfo=zone).astimezone(UTC)


def week_of(instant: datetime, zone: tzinfo, week_start: Day = "mon") -> Week:
    """The program's week that an aware instant falls into. ValueError for a naive one.

    A week across a clock change is 167 or 169 hours long: both ends are local midnights.
    """
    if instant.tzinfo is None:
        raise ValueError("week_of needs an aware instant")
    return week_with(instant.astimezone(zone).date(), zone, week_start)


def week_with(day: date, zone: tzinfo, week_start: Day = "mon") -> Week:
    """The program's week that a local day falls into."""
    start = day - timedelta(days=(day.weekday() - DAYS.index(week_start)) % 7)
    return Week(start, start + timedelta(days=6), at(start, time(), zone), at(start + WEEK, time(), zone))


@dataclass(frozen=True)
class LevelHours:
    """What a level of care asks of a week, in minutes. `max_minutes` None: no upper end of its own."""

    min_age: int
    max_age: int | None
    min_minutes: int
    max_minutes: int | None


#: ASAM levels: 2.1 is 9 to 19 hours (6 to 19 under 21), 2.5 is 20 or more. Names and numbers only.
LEVELS: Mapping[str, tuple[LevelHours, ...]] = {
    "2.1": (LevelHours(0, 20, 360, 1140), LevelHours(21, None, 540, 1140)),
    "2.5": (LevelHours(0, None, 1200, None),),
}


def hour_rule(rules: "Iterable[HourRule]", *, age: int, payer: str) -> "HourRule":
    """The rule for somebody of `age` (whole years) whose care `payer` pays; the payer's own before the general one.

    LookupError where the blueprint has no rule: the check of a blueprint refuses such a gap.
    """
    fitting = [rule for rule in rules if rule.holds_for(age) and rule.payer in (payer, "any")]
    for rule in sorted(fitting, key=lambda rule: rule.payer == "any"):
        return rule
    raise LookupError(f"no hour rule for age {age} and payer {payer}")


def countable(kinds: "Iterable[ServiceKind]", kind: str) -> bool:
    """Whether minutes of this kind of hour count toward the week. LookupError for an unknown kind."""
    for one in kinds:
        if one.key == kind:
            return one.countable
    raise LookupError(f"no service kind {kind}")


def holidays(rules: "Iterable[HolidayRule]", year: int) -> "dict[date, HolidayRule]":
    """The days of `year` on which the program keeps a holiday. The earlier rule wins a day that two share.

    `observed` adds the Friday before a Saturday and the Monday after a Sunday, across the turn of the year too.
    """
    found: dict[date, HolidayRule] = {}
    for rule in rules:
        for near in (year - 1, year, year + 1):
            for day in _days_of(rule, near):
                if day.year == year:
                    found.setdefault(day, rule)
    return dict(sorted(found.items()))


def _days_of(rule: "HolidayRule", year: int) -> list[date]:
    day = _day_of(rule, year)
    if day is None:
        return []
    day += timedelta(days=rule.days_after)
    days = [day]
    if rule.observed and day.weekday() >= 5:
        days.append(day + timedelta(days=-1 if day.weekday() == 5 else 1))
    return days


def _day_of(rule: "HolidayRule", year: int) -> date | None:
    if rule.date is not None:
        return rule.date if rule.date.year == year else None
    assert rule.month  # the schema asks for one of the three ways
    if rule.weekday is None or rule.nth is None:
        try:
            return date(year, rule.month, rule.day or 1)
        except ValueError:  # 29 February in a common year
            return None
    return _nth_weekday(year, rule.month, DAYS.index(rule.weekday), rule.nth)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


Span = tuple[int, int]


def union_minutes(spans: Iterable[Span]) -> int:
    """Minutes that the spans (start, end) cover together: a minute in two of them counts once."""
    total, reached = 0, None
    for start, end in sorted(spans):
        if reached is None or start > reached:
            reached = start
        if end > reached:
            total += end - reached
            reached = end
    return total


@dataclass(frozen=True)
class TrackWeek:
    """What a full week of a track holds: countable minutes net of breaks, and on how many days of groups."""

    minutes: int
    days: int


def track_week(track: "Track", series: "Iterable[Series]", kinds: "Iterable[ServiceKind]") -> TrackWeek:
    """Prove a track's hours. Breaks never count, a minute counts once, of a choice the shortest counts.

    The individual hour adds its minutes (its day is agreed with each client, so it adds no day).
    """
    counting = {kind.key for kind in kinds if kind.countable}
    spans: dict[int, list[Span]] = {}
    for one in _one_of_each_choice(series):
        if one.kind in counting:
            spans.setdefault(one.weekday_number, []).extend(one.counted_spans)
    minutes = sum(union_minutes(day) for day in spans.values())
    if track.individual and track.individual.kind in counting:
        minutes += track.individual.week_minutes
    return TrackWeek(minutes, len(spans))


def _one_of_each_choice(series: "Iterable[Series]") -> "list[Series]":
    chosen: dict[str, Series] = {}
    always: list[Series] = []
    for one in series:
        if one.choice is None:
            always.append(one)
        elif one.choice not in chosen or one.net_minutes < chosen[one.choice].net_minutes:
            chosen[one.choice] = one
    return always + list(chosen.values())
