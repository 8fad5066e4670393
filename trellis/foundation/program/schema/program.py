"""Who the program is and by which rules it counts."""

from datetime import date as Date
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from trellis.foundation.program.schema.base import ClockTime, Day, Key, Language, Part, Text, Words, minute_of

Level = Literal["2.1", "2.5"]
Role = Literal["counselor", "therapist", "group_facilitator", "clinical_director", "medical_director"]
#: who may lead a group
ROLES: tuple[Role, ...] = (
    "counselor",
    "therapist",
    "group_facilitator",
    "clinical_director",
    "medical_director",
)


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise PydanticCustomError("zone", "not a time zone")
    return value


def _email(value: str) -> str:
    name, _, domain = value.partition("@")
    if not name or "." not in domain or any(c.isspace() for c in value) or "@" in domain:
        raise PydanticCustomError("email", "not an email address")
    return value


def _website(value: str) -> str:
    if not value.startswith("https://") or any(c.isspace() for c in value) or len(value) < len("https://a.b"):
        raise PydanticCustomError("website", "not a web address")
    return value


def _phone(value: str) -> str:
    digits = [c for c in value if c.isdigit()]
    if len(digits) != 10 or any(c not in "0123456789-() ." for c in value):
        raise PydanticCustomError("phone", "not a telephone number")
    return value


Phone = Annotated[str, AfterValidator(_phone)]


class Contact(Part):
    phone: Phone
    text_phone: Phone | None = None
    fax: Phone | None = None
    email: Annotated[str, AfterValidator(_email)]
    website: Annotated[str, AfterValidator(_website)]
    city: Words
    state: Words
    zip_code: Words | None = None
    directions: Text


class Program(Part):
    key: Key
    names: Text
    short_names: Text
    tagline: Text
    time_zone: Annotated[str, AfterValidator(_zone)]
    level_of_care: Level
    week_start: Day = "mon"
    languages: tuple[Language, ...] = Field(min_length=1, strict=False)
    horizon_weeks: int = Field(ge=1, le=52)
    silence_days: int = Field(ge=1, le=60)
    promise_minutes: int = Field(ge=5, le=2880)
    contact: Contact

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class OpenHours(Part):
    days: tuple[Day, ...] = Field(min_length=1, strict=False)
    opens: ClockTime
    closes: ClockTime

    @property
    def open_minute(self) -> int:
        return minute_of(self.opens)

    @property
    def close_minute(self) -> int:
        return minute_of(self.closes)


class HolidayRule(Part):
    """When a holiday falls: a fixed day of the year, an nth weekday of a month, or one date."""

    key: Key
    names: Text
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    observed: bool = False
    weekday: Day | None = None
    nth: Literal[-1, 1, 2, 3, 4] | None = None
    days_after: int = Field(default=0, ge=0, le=30)
    date: Date | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "HolidayRule":
        given = {name for name in ("month", "day", "weekday", "nth", "date") if getattr(self, name) is not None}
        if given not in ({"month", "day"}, {"month", "weekday", "nth"}, {"date"}):
            raise PydanticCustomError("holiday", "not one way to find the day")
        if self.month and self.day and self.day > (29 if self.month == 2 else 30 + (self.month in _LONG)):
            raise PydanticCustomError("month_day", "no such day")
        return self


_LONG = {1, 3, 5, 7, 8, 10, 12}


class Payer(Part):
    key: Key
    names: Text


class HourRule(Part):
    """How much care a week asks of somebody of this age whose care this payer pays."""

    payer: Key
    min_age: int = Field(default=0, ge=0, le=120)
    max_age: int | None = Field(default=None, ge=0, le=120)
    min_hours: int = Field(ge=1, le=60)
    max_hours: int = Field(ge=1, le=60)
    days: int = Field(ge=1, le=7)
    source: Words

    @property
    def min_minutes(self) -> int:
        return self.min_hours * 60

    @property
    def max_minutes(self) -> int:
        return self.max_hours * 60

    def holds_for(self, age: int) -> bool:
        return self.min_age <= age and (self.max_age is None or age <= self.max_age)

    def meets(self, min_age: int, max_age: int | None) -> bool:
        """True when somebody of these ages may fall under the rule."""
        return (max_age is None or self.min_age <= max_age) and (self.max_age is None or min_age <= self.max_age)


class ServiceKind(Part):
    """A kind of hour, whether its minutes count, and for how many people at once."""

    key: Key
    names: Text
    countable: bool
    group_min: int = Field(ge=1, le=100)
    group_max: int = Field(ge=1, le=100)
    below_counts_as: Key | None = None
    above_counts_as: Key | None = None
    pathway: Literal["twelve_step", "secular"] | None = None
