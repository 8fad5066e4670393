"""Days and times as lists write them."""

import re
from typing import Any

DAY_MINUTES = 1440
#: an end that lies before its start is past midnight only when the meeting is no longer than this
LONGEST_PAST_MIDNIGHT = 360

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(:[0-5][0-9](?:\.[0-9]{1,6})?)?")
_TWELVE = re.compile(r"(0?[1-9]|1[0-2])(?::([0-5][0-9]))?(?::[0-5][0-9])?\s?([ap])\.?\s?m\.?", re.IGNORECASE)
_LENGTH = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::[0-5][0-9])?")
_NAMES = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def minutes(value: Any) -> int | None:
    """A time of day in minutes from midnight (0 to 1439), or None: it cannot be read."""
    text = value.strip() if isinstance(value, str) else ""
    found = _CLOCK.fullmatch(text)
    if found:
        return int(found[1]) * 60 + int(found[2])
    found = _TWELVE.fullmatch(text)
    if found:
        hour = int(found[1]) % 12 + (12 if found[3] in "pP" else 0)
        return hour * 60 + int(found[2] or 0)
    return None


def clock(value: int) -> str:
    """Minutes from midnight as HH:MM."""
    return f"{value // 60:02}:{value % 60:02}"


def day(value: Any, first: int = 0) -> int | None:
    """A day from 0 (Sunday) to 6, or None. `first` is the number that the source gives to Sunday; from 0, 7 is too."""
    number = _number(value)
    if number is None:
        return _named(value)
    if first == 0:
        return number % 7 if 0 <= number <= 7 else None
    return number - first if first <= number <= first + 6 else None


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and re.fullmatch("[0-9]{1,2}", value.strip()):
        return int(value)
    return value if isinstance(value, int) else None


def _named(value: Any) -> int | None:
    word = value.strip().casefold() if isinstance(value, str) else ""
    known = [number for number, name in enumerate(_NAMES) if word in (name, name[:3])]
    return known[0] if known else None


def is_named(value: Any) -> bool:
    return isinstance(value, str) and not value.strip().isdigit()


def length_until(start: int, end: int) -> int | None:
    """How long from start to end, in minutes; None when the end does not fit: no time at all, or most of a night."""
    if end > start:
        return end - start
    past_midnight = end + DAY_MINUTES - start
    return past_midnight if end < start and past_midnight <= LONGEST_PAST_MIDNIGHT else None


def length(value: Any) -> int | None:
    """A length in minutes from a number of minutes or from HH:MM; None: it cannot be used."""
    found = _LENGTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if found:
        return int(found[1]) * 60 + int(found[2])
    if isinstance(value, str) and re.fullmatch("[0-9]{1,4}", value.strip()):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if 0 <= value < DAY_MINUTES else None


def end_after(start: int, length: int) -> int | None:
    """The end of a meeting that takes so long; None when its length does not fit, by the same measure as an end."""
    end = (start + length) % DAY_MINUTES
    return end if 0 < length < DAY_MINUTES and length_until(start, end) == length else None
