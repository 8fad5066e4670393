"""Days and hours of a demo, in the program's time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEDNESDAY = 2
FIRST_LOOK = time(17, 40)


@dataclass(frozen=True)
class Calendar:
    """`now` is the instant at which the demo's clock is set; records begin `weeks` before."""

    zone: ZoneInfo
    now: datetime
    weeks: int

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def first_monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday(), weeks=self.weeks - 1)

    @property
    def opening(self) -> date:
        """People asked for help before the first group met."""
        return self.first_monday - timedelta(days=24)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), self.zone)

    def office_day(self, day: date) -> date:
        """The day itself, or the Monday after a weekend."""
        return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day

    def office_day_before(self, day: date) -> date:
        before = day - timedelta(days=1)
        return before - timedelta(days=max(0, before.weekday() - 4))


def first_look(wall: datetime, zone: ZoneInfo, closed: set[date]) -> datetime:
    """Wednesday 17:40 of the program's week, or of an earlier week where that Wednesday is a holiday."""
    today = wall.astimezone(zone).date()
    day = today + timedelta(days=WEDNESDAY - today.weekday())
    while day in closed:
        day -= timedelta(weeks=1)
    return datetime.combine(day, FIRST_LOOK, zone)
