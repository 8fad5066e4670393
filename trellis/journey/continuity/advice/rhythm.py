"""When a level of care is due to be looked at again: after so many days, and after what happened. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

Kind = Literal["days", "alert", "use", "hours"]
Looked = Literal["decided", "reviewed", "began"]


@dataclass(frozen=True)
class Terms:
    """Of the blueprint."""

    every_days: int
    after_alert: bool
    after_use: bool
    #: so many whole weeks in a row below so many percent of what they asked; 0 weeks: never
    short_weeks: int
    below_percent: int


@dataclass(frozen=True)
class WeekOf:
    """One whole week of the program: its days, what it asked and what counted, in minutes."""

    start: date
    end: date
    asked: int
    countable: int


@dataclass(frozen=True)
class Known:
    """What is recorded about one stay, by the clock of the program; `alerts` and `uses` in any order."""

    began: date
    decided: datetime | None = None
    reviewed: datetime | None = None
    alerts: Sequence[datetime] = ()
    #: days on which a form said some use, after one that said none
    uses: Sequence[date] = ()
    #: oldest first, without a gap
    weeks: Sequence[WeekOf] = ()

    @property
    def looked(self) -> tuple[date, Looked]:
        """When somebody last looked at the level, and how."""
        found: list[tuple[date, Looked]] = [(self.began, "began")]
        if self.reviewed is not None and self.reviewed.date() >= self.began:
            found.append((self.reviewed.date(), "reviewed"))
        if self.decided is not None and self.decided.date() >= self.began:
            found.append((self.decided.date(), "decided"))
        return max(found, key=lambda one: one[0])

    def is_unseen(self, at: datetime) -> bool:
        """Nobody has looked since. Of the first day only a review or a decision tells what was seen."""
        looks = [one for one in (self.reviewed, self.decided) if one is not None and one.date() >= self.began]
        return at > max(looks) if looks else at.date() > self.began


@dataclass(frozen=True)
class Reason:
    """Why it is due: `on` is when that happened, `days` how long ago somebody looked, `weeks` those that were short."""

    kind: Kind
    on: date
    looked: Looked = "began"
    days: int = 0
    weeks: tuple[WeekOf, ...] = ()


def due(known: Known, terms: Terms, today: date) -> tuple[Reason, ...]:
    """What calls for a look, most urgent first; empty while nothing does.

    What happened before the last look was seen then; of a form about use, or of a week, only the day is known, and
    what is of the day of that look counts as seen.
    """
    last, how = known.looked
    found: list[Reason] = []
    if terms.after_alert and (alerts := [at for at in known.alerts if known.is_unseen(at)]):
        found.append(Reason("alert", max(alerts).date()))
    if terms.after_use and (uses := [day for day in known.uses if day > last]):
        found.append(Reason("use", max(uses)))
    if short := _short(known, terms, last):
        found.append(Reason("hours", short[-1].end, weeks=short))
    if (days := (today - last).days) >= terms.every_days:
        found.append(Reason("days", last, looked=how, days=days))
    return tuple(found)


def _short(known: Known, terms: Terms, last: date) -> tuple[WeekOf, ...]:
    """The newest whole weeks in a row that fell short; those that ended before the last look do not count again."""
    row: list[WeekOf] = []
    for week in reversed(known.weeks):
        if week.end <= last or week.start < known.began or not is_short(week, terms.below_percent):
            break
        row.append(week)
    return tuple(reversed(row)) if terms.short_weeks and len(row) >= terms.short_weeks else ()


def is_short(week: WeekOf, percent: int) -> bool:
    """Below so many percent of what the week asked; one that asked nothing never is."""
    return week.countable * 100 < week.asked * percent


def returns(said: Sequence[tuple[date, bool]]) -> list[date]:
    """Days on which a form said some use after the one before had said none. In: day and whether use, any order."""
    ordered = sorted(said)
    return [day for (_, before), (day, now) in pairwise(ordered) if now and not before]
