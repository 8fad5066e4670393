"""The blueprint's hours, as the rules of the promise want them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.foundation.program.schema import DAYS, Blueprint
from trellis.journey.inquiry import rules


@dataclass(frozen=True)
class Hours:
    """When somebody here answers, and how soon we promise to."""

    blueprint: Blueprint

    @property
    def zone(self) -> ZoneInfo:
        return self.blueprint.program.zone

    @property
    def promise(self) -> timedelta:
        return timedelta(minutes=self.blueprint.program.promise_minutes)

    @cached_property
    def openings(self) -> list[rules.Opening]:
        return [
            rules.Opening(DAYS.index(day), stretch.opens, stretch.closes)
            for stretch in self.blueprint.business_hours
            for day in stretch.days
        ]

    @cached_property
    def _holidays(self) -> dict[int, frozenset[date]]:
        return {}

    def is_closed(self, day: date) -> bool:
        if day.year not in self._holidays:
            self._holidays[day.year] = frozenset(self.blueprint.holidays_in(day.year))
        return day in self._holidays[day.year]

    def respond_by(self, asked_at: datetime) -> datetime:
        return rules.respond_by(asked_at, self.openings, self.is_closed, self.zone, self.promise)

    def next_try(self, last_at: datetime, days: int) -> datetime:
        return rules.next_try(last_at, self.openings, self.is_closed, self.zone, days)

    def parts(self, moment: datetime, now: datetime | None = None) -> rules.PromiseParts:
        return rules.promise_parts(moment, now or clock.now(), self.zone)


def hours() -> Hours:
    return Hours(program.current())
