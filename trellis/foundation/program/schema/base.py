"""What every part of a blueprint is made of."""

import re
from datetime import time
from typing import Annotated, Any, Literal

from django.utils.translation import get_language
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from trellis.foundation.program.days import DAY_NAMES, DAYS, Day

Language = Literal["en", "es"]

__all__ = ["DAYS", "DAY_NAMES", "ClockTime", "Day", "Key", "Language", "Part", "Text", "Words", "clock_of", "minute_of"]

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_KEY = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_GAP = re.compile(r"\n\s*\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Part(BaseModel):
    """A part of a blueprint: frozen, exact about types, and closed to keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _clock(value: Any) -> time:
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise PydanticCustomError("clock", "not a time of day")
    return time(int(value[:2]), int(value[3:]))


def _key(value: str) -> str:
    if not _KEY.fullmatch(value):
        raise PydanticCustomError("key", "not a key")
    return value


def _words(value: str) -> str:
    """Lines of one paragraph are joined; an empty line parts two paragraphs."""
    if not value.strip():
        raise PydanticCustomError("empty", "no words")
    if _CONTROL.search(value):
        raise PydanticCustomError("control", "control characters")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in _GAP.split(value.strip()))


#: `"17:30"` in the file, a time of day in the value
ClockTime = Annotated[time, BeforeValidator(_clock)]
Key = Annotated[str, Field(max_length=40), AfterValidator(_key)]
Words = Annotated[str, Field(max_length=5000), AfterValidator(_words)]


class Text(Part):
    """One text in both languages. It is data: nothing in it is ever run or read as a template."""

    en: Words
    es: Words

    def __str__(self) -> str:
        return self[(get_language() or "en")[:2]]

    def __contains__(self, language: object) -> bool:
        return language in ("en", "es")

    def __getitem__(self, language: str) -> str:
        return self.es if language == "es" else self.en

    def as_dict(self) -> dict[str, str]:
        return {"en": self.en, "es": self.es}


def minute_of(moment: time) -> int:
    """Minutes after midnight."""
    return moment.hour * 60 + moment.minute


def clock_of(minute: int) -> time:
    """The time of day that many minutes after midnight, on the next day past 24 hours."""
    return time(minute // 60 % 24, minute % 60)
