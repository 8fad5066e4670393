"""What the finder prints. Everything that a list says goes out as text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from trellis.foundation.places import kinds
from trellis.foundation.places.finding import APPOINTMENT, Line, Offer, Wish, kind_of, zone_of
from trellis.foundation.places.forms.finder import BOTH, FAR, Asked, way_of
from trellis.foundation.places.models import Attendance, Meeting, MeetingList
from trellis.foundation.places.rules.names import fold
from trellis.ui import boxes
from trellis.ui.words import in_each_language, spoken_minutes, spoken_time

Words = str | Promise
DAY_NAMES: tuple[tuple[str, Words], ...] = tuple((str(n), WEEKDAYS[(n - 1) % 7]) for n in (1, 2, 3, 4, 5, 6, 0))
PARTS: tuple[tuple[str, Words], ...] = (
    ("", gettext_lazy("At any time")),
    ("morning", gettext_lazy("Morning")),
    ("afternoon", gettext_lazy("Afternoon")),
    ("evening", gettext_lazy("Evening and night")),
)
DAYS: tuple[tuple[str, Words], ...] = (
    ("", gettext_lazy("Any day")),
    ("today", gettext_lazy("Today")),
    ("tomorrow", gettext_lazy("Tomorrow")),
    *DAY_NAMES,
    (APPOINTMENT, gettext_lazy("By appointment")),
)
WAYS: tuple[tuple[str, Words], ...] = (
    ("", gettext_lazy("Either")),
    (Attendance.IN_PERSON.value, gettext_lazy("In person")),
    (Attendance.ONLINE.value, gettext_lazy("Online")),
    (BOTH, gettext_lazy("In person near, or online")),
)
_NEEDS: tuple[tuple[str, Words], ...] = (
    ("newcomers", kinds.NEWCOMERS.label),
    ("families", kinds.FAMILIES.label),
    ("wheelchair", kinds.WHEELCHAIR.label),
)


# --- the form ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Check:
    name: str
    value: str
    label: str
    checked: bool


def form(asked: Asked, offered: Offer) -> dict[str, Any]:
    """The parts of the form that are chosen, not typed. Few choices are made again and again: these are kept."""
    wish, language = replace(asked.wish, spot=None), get_language()
    types = tuple(trait.key for trait in kinds.TRAITS if offered.has(trait))
    secular = offered.has(kinds.SECULAR) or any(one.secular for one in offered.lists)
    draw = _choices.__wrapped__ if wish.text else _choices
    choices = draw(language, wish, tuple(offered.kinds), secular, offered.languages, types)
    return {"within": _within(language, int(wish.within)), "choices": choices}


@lru_cache(maxsize=64)
def _within(language: str | None, within: int) -> SafeString:
    far = ((str(n), ngettext("%(number)d mile", "%(number)d miles", n) % {"number": n}) for n in FAR)
    return _options(far, str(within))


@lru_cache(maxsize=512)
def _choices(
    language: str | None,
    wish: Wish,
    groups: Sequence[str],
    secular: bool,
    languages: Sequence[str],
    types: Sequence[str],
) -> SafeString:
    named = sorted({code: language_word(code) for code in ("en", *languages)}.items(), key=lambda pair: pair[1])
    return render_to_string("places/public/_choices.html", {"form": {
        "days": _options(((key, capfirst(str(label))) for key, label in DAYS), wish.day),
        "parts": _options(PARTS, wish.part),
        "ways": _options(WAYS, way_of(wish)),
        "languages": _options([("", _("Any")), *named], wish.language),
        "types": _options([("", _("Any")), *((key, kinds.TRAIT_OF[key].label) for key in types)], wish.trait),
        "kinds": _kinds(groups, secular, wish),
        "needs": [Check(name, "on", str(label), getattr(wish, name)) for name, label in _NEEDS],
        "text": wish.text,
        "unfolded": bool(wish.kinds or wish.secular or wish.trait or wish.text)
        or any(getattr(wish, name) for name, _label in _NEEDS),
    }})  # fmt: skip


def _kinds(groups: Sequence[str], secular: bool, wish: Wish) -> list[Check]:
    """Secular ones stand among the others, where the alphabet puts the word."""
    found = [Check("kind", kind, kind, kind in wish.kinds) for kind in groups]
    if secular:
        found.append(Check("secular", "on", str(kinds.SECULAR.label), wish.secular))
    return sorted(found, key=lambda check: check.label.casefold())


def _options(choices: Iterable[tuple[str, Words]], chosen: str) -> SafeString:
    return SafeString("".join(
        f'<option value="{boxes.esc(value)}"{" selected" if value == chosen else ""}>{boxes.esc(label)}</option>'
        for value, label in choices
    ))  # fmt: skip


# --- what was found ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    heading: str
    rows: SafeString


def days(lines: Sequence[Line], now: datetime, home: ZoneInfo, spoken: str = "") -> list[Day]:
    """Under the day on which each begins by our own clock. `spoken`: the language that all of them have."""
    today = now.astimezone(home).date()
    grouped = groupby(lines, key=lambda line: line.starts and line.starts.astimezone(home).date())
    return [
        Day(relative_day(day, today) if day else _("By appointment"), _rows(found, now, home, spoken))
        for day, found in grouped
    ]


def _rows(lines: Iterable[Line], now: datetime, home: ZoneInfo, spoken: str) -> SafeString:
    finder = reverse("meetings:find")  # asked for once: the page of a meeting stands below it
    return SafeString("".join(_row(line, now, home, spoken, finder) for line in lines))


def _row(line: Line, now: datetime, home: ZoneInfo, spoken: str, finder: str) -> str:
    meeting, address = line.meeting, f"{finder}{line.meeting.public_id}/"
    return boxes.row(
        SafeString(""), meeting.name, spoken_time(shown_time(line, home).time()) if line.starts else "", "",
        " · ".join(filter(None, detail(line, home))), _chips(line, now, spoken),
        address, "li", "",
    )  # fmt: skip


def _chips(line: Line, now: datetime, spoken: str) -> str:
    meeting, found = line.meeting, []
    if line.starts and line.starts <= now:
        found.append(boxes.chip(began(line.starts, now), "citrus", "", ""))
    if meeting.attendance != Attendance.IN_PERSON:
        found.append(boxes.chip(meeting.get_attendance_display(), "dusk", "", ""))
    found += [
        boxes.chip(language_word(code), "plain", "", "") for code in meeting.languages if code not in ("en", spoken)
    ]
    return " ".join(found)


@in_each_language
def language_word(code: str) -> str:
    return capfirst(kinds.language_name(code))


def began(starts: datetime, now: datetime) -> str:
    minutes = int((now - starts).total_seconds() // 60)
    return _("Began %(time)s ago") % {"time": spoken_minutes(minutes)} if minutes else _("Begins now")


def shown_time(line: Line, home: ZoneInfo) -> datetime:
    """By the clock of whoever goes: on the wall of the place, or our own for a meeting that comes to us."""
    assert line.starts is not None
    zone = home if line.meeting.attendance == Attendance.ONLINE else zone_of(line.meeting.time_zone, home)
    return line.starts.astimezone(zone)


def detail(line: Line, home: ZoneInfo) -> list[str]:
    meeting = line.meeting
    place = "" if meeting.attendance == Attendance.ONLINE else short_place(meeting)
    return [miles_words(line.miles), place, kind_of(line.list), zone_note(line, home)]


def short_place(meeting: Meeting) -> str:
    """ "Trinity Church, 676 N Gibbs St, Pomona"."""
    return ", ".join(dict.fromkeys(filter(None, [place_name(meeting), meeting.address, meeting.city])))


def place_name(meeting: Meeting) -> str:
    """Lists often write the address once more where the name of the place should stand."""
    if meeting.location[:1].lower() != meeting.address[:1].lower():
        return meeting.location
    location, address = fold(meeting.location).split(), fold(meeting.address).split()
    shorter = min(len(location), len(address))
    begins_alike = location[:shorter] == address[:shorter]
    same_number = location[:1] == address[:1] and "".join(location[:1]).isdecimal()
    return "" if shorter and (begins_alike or same_number) else meeting.location


def zone_note(line: Line, home: ZoneInfo) -> str:
    """Said only where two clocks differ, or where nobody knows which one a meeting online goes by."""
    meeting = line.meeting
    if line.starts is None:
        return ""
    if not meeting.time_zone:
        return _("no time zone given: we take it as our time") if meeting.attendance != Attendance.IN_PERSON else ""
    there = line.starts.astimezone(zone_of(meeting.time_zone, home))
    if there.utcoffset() == line.starts.astimezone(home).utcoffset():
        return ""
    place = meeting.time_zone.rpartition("/")[2].replace("_", " ")
    if meeting.attendance == Attendance.ONLINE:
        return _("%(time)s in %(place)s") % {"time": spoken_time(there.time()), "place": place}
    return _("by the clock of %(place)s") % {"place": place}


def miles_words(miles: float | None) -> str:
    """Tenths below ten miles; more is false comfort."""
    if miles is None:
        return ""
    shown = f"{miles:.1f}" if miles < 10 else f"{miles:.0f}"
    return ngettext("%(miles)s mile", "%(miles)s miles", 1 if shown == "1.0" else 2) % {"miles": shown}


@in_each_language
def day_words(day: date) -> str:
    return date_format(day, pgettext("day of the week and month", "l, F j"))


def relative_day(day: date, today: date) -> str:
    """ "Today, Saturday, November 28"; later days by their name alone."""
    words = day_words(day)
    if day == today:
        return _("Today, %(day)s") % {"day": words}
    if day == today + timedelta(days=1):
        return _("Tomorrow, %(day)s") % {"day": words}
    if day == today - timedelta(days=1):
        return _("Yesterday, %(day)s") % {"day": words}
    return capfirst(words)


# --- what was asked, in a line ----------------------------------------------------------------------------------------


def summary(asked: Asked) -> str:
    """ "Spanish · within 15 miles of 91766 Pomona · today"; empty where nothing was asked for."""
    wish = asked.wish
    far = ngettext("%(number)d mile", "%(number)d miles", int(wish.within)) % {"number": int(wish.within)}
    near = ""
    if wish.spot is not None:
        place = _("where you are") if asked.located else wish.spot.name
        near = _("within %(miles)s of %(place)s") % {"miles": far, "place": place}
    parts = [
        near,
        _label(DAYS, wish.day),
        _label(PARTS, wish.part),
        _label(WAYS, way_of(wish)),
        language_word(wish.language) if wish.language else "",
        *wish.kinds,
        str(kinds.SECULAR.label) if wish.secular else "",
        *(str(label) for name, label in _NEEDS if getattr(wish, name)),
        str(kinds.TRAIT_OF[wish.trait].label) if wish.trait else "",
        f"“{wish.text}”" if wish.text else "",
    ]
    return capfirst(" · ".join(filter(None, parts)))


def _label(choices: Iterable[tuple[str, Words]], chosen: str) -> str:
    return str(dict(choices)[chosen]) if chosen else ""


def freshness(lists: Iterable[MeetingList], now: datetime) -> list[tuple[str, str]]:
    """Title of each list, and how long ago it was read."""
    return [(one.title, read_words(one, now)) for one in lists]


def read_words(one: MeetingList, now: datetime) -> str:
    if one.read_at is None:
        return _("not read yet")
    days_ago = (now - one.read_at).days
    if not days_ago:
        return _("read today")
    return ngettext("read %(number)d day ago", "read %(number)d days ago", days_ago) % {"number": days_ago}


def another_try(asked: Asked, address: str) -> list[tuple[str, str]]:
    """Where nothing fits: wider questions, as links and their words. Nobody's position stands in one."""
    wish, found = asked.wish, []
    if wish.spot is not None and wish.within < FAR[-1] and not asked.located:
        found.append((asked.but(within=FAR[-1]), _("Look within %(number)d miles") % {"number": FAR[-1]}))
    if wish.day or wish.part:
        found.append((asked.but(day="", part=""), _("Look at all days and times")))
    if way_of(wish) != Attendance.ONLINE:
        found.append((asked.but(way=Attendance.ONLINE.value, or_online=False), _("Look online, from anywhere")))
    return [(f"{address}?{wider.query}", words) for wider, words in found]
