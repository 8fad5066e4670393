"""Minutes and hours as people say them."""

import re
from collections.abc import Callable
from datetime import time
from functools import lru_cache, wraps
from typing import Any, TypeVar

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language, gettext, pgettext

T = TypeVar("T")


def in_each_language(words: Callable[[T], str]) -> Callable[[T], str]:
    """Keeps what it said of a day, an hour or a length: everybody's pages name the same ones."""

    @lru_cache(maxsize=1024)
    def said_before(language: str | None, thing: T) -> str:
        return words(thing)

    @wraps(words)
    def said(thing: T) -> str:
        return said_before(get_language(), thing)

    return said


@in_each_language
def spoken_minutes(minutes: int) -> str:
    """Whole minutes, 0 or more, as "3 h 50 min", "9 h" or "17 min"."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return gettext("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


class Once(dict[Any, str]):
    """Puts each thing in words once on a page."""

    def __init__(self, words: Callable[[Any], str]) -> None:
        self.words = words

    def __missing__(self, thing: Any) -> str:
        self[thing] = self.words(thing)
        return self[thing]


@in_each_language
def spoken_time(moment: time) -> str:
    """ "5:30 pm", or in Spanish "5:30 p. m."."""
    half = pgettext("time of day", "am") if moment.hour < 12 else pgettext("time of day", "pm")
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {half}"


def one_stop(sentence: str) -> str:
    """A sentence that ends with an hour ("5:30 p. m.", "5:30 p.m.") has its own stop already: one is enough."""
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", sentence)


@in_each_language
def spoken_span(span: tuple[time, time]) -> str:
    """ "5:30 to 7:00 pm", "11:00 am to 12:30 pm": the half of the day is said once where it can be."""
    starts, ends = span
    same_half = starts.hour // 12 == ends.hour // 12
    start = f"{starts.hour % 12 or 12}:{starts.minute:02}" if same_half else spoken_time(starts)
    return gettext("%(start)s to %(end)s") % {"start": start, "end": spoken_time(ends)}


def clock_mark(minute: int) -> str:
    """A short name at the edge of a drawing: "8 am", "noon", "5:30". Minutes after midnight, 0 to 1440."""
    hour, rest = divmod(minute % 1440, 60)
    if rest:
        return f"{hour % 12 or 12}:{rest:02}"
    if hour == 12:
        return pgettext("at the edge of a drawing", "noon")
    half = pgettext("time of day", "am") if hour < 12 else pgettext("time of day", "pm")
    return f"{hour % 12 or 12} {half}"


def short_day(day: int) -> str:
    """Monday is 0."""
    return str(WEEKDAYS_ABBR[day]).rstrip(".")


def in_line(day: str) -> str:
    """A day inside a line: Spanish writes it small there, and large only where the line begins."""
    return day[:1].lower() + day[1:] if (get_language() or "").startswith("es") else day
