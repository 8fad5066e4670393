"""The week: tracks that clients join, and the series of groups that make them up."""

from datetime import date, time

from pydantic import Field

from trellis.foundation.program.schema.base import (
    DAYS,
    ClockTime,
    Day,
    Key,
    Language,
    Part,
    Text,
    clock_of,
    minute_of,
)
from trellis.foundation.program.schema.program import Role


class Individual(Part):
    """The hour alone with one's therapist, agreed with each client."""

    minutes: int = Field(ge=10, le=240)
    per_week: int = Field(default=1, ge=1, le=7)
    kind: Key

    @property
    def week_minutes(self) -> int:
        return self.minutes * self.per_week


class Track(Part):
    key: Key
    names: Text
    summary: Text
    languages: tuple[Language, ...] = Field(min_length=1, strict=False)
    capacity: int = Field(ge=1, le=200)
    min_age: int = Field(default=18, ge=0, le=120)
    max_age: int | None = Field(default=None, ge=0, le=120)
    payers: tuple[Key, ...] = Field(default=(), strict=False)
    individual: Individual | None = None


class Series(Part):
    """A group that meets every week. `minutes` is its length on the clock; the break within it never counts."""

    key: Key
    names: Text
    kind: Key
    weekday: Day
    start: ClockTime
    minutes: int = Field(ge=10, le=720)
    break_minutes: int = Field(default=0, ge=0, le=240)
    break_after: int = Field(default=0, ge=0, le=720)
    room: Key
    facilitator_roles: tuple[Role, ...] = Field(min_length=1, strict=False)
    capacity: int = Field(ge=1, le=200)
    tracks: tuple[Key, ...] = Field(strict=False)  # empty: open to all, part of no track
    therapies: tuple[Key, ...] = Field(default=(), strict=False)
    curriculum: Key | None = None
    choice: Key | None = None
    languages: tuple[Language, ...] = Field(min_length=1, strict=False)
    first_day: date | None = None
    last_day: date | None = None

    @property
    def weekday_number(self) -> int:
        """0 is Monday."""
        return DAYS.index(self.weekday)

    @property
    def start_minute(self) -> int:
        return minute_of(self.start)

    @property
    def end_minute(self) -> int:
        return self.start_minute + self.minutes

    @property
    def end(self) -> time:
        return clock_of(self.end_minute)

    @property
    def net_minutes(self) -> int:
        return self.minutes - self.break_minutes

    @property
    def counted_spans(self) -> tuple[tuple[int, int], ...]:
        """The stretches that may count, in minutes after midnight: the series without its break."""
        pause = self.start_minute + self.break_after
        spans = ((self.start_minute, pause), (pause + self.break_minutes, self.end_minute))
        return tuple((start, end) for start, end in spans if start < end)
