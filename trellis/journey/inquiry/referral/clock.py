"""How long ago somebody was let go: the first week and the first two are when a person is lost, and may die."""

from dataclasses import dataclass
from datetime import date, timedelta

#: calendar days after the discharge, in the program's zone
DAYS = (7, 14)
#: so few days before its end a clock is near
NEAR = 2

LATE, NEAR_END, RUNNING = "late", "near", "running"


@dataclass(frozen=True)
class Clock:
    days: int
    #: the last day on which it is kept
    due: date
    #: days from today to that day; below zero it is over
    left: int

    @property
    def state(self) -> str:
        if self.left < 0:
            return LATE
        return NEAR_END if self.left <= NEAR else RUNNING


def clocks(discharged_on: date, today: date) -> list[Clock]:
    """One for each of the stretches; the day of the discharge is day 0."""
    last = (date.max - discharged_on).days  # the calendar ends there
    ends = [(days, discharged_on + timedelta(days=min(days, last))) for days in DAYS]
    return [Clock(days, due, (due - today).days) for days, due in ends]


def next_clock(discharged_on: date, today: date) -> Clock:
    """The first that still runs; where all are over the last."""
    found = clocks(discharged_on, today)
    return next((one for one in found if one.left >= 0), found[-1])
