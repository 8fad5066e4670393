"""Who looked, in words for the person whose record it is. Roles and purposes, never names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trellis.doors.client_portal.openings import Day, Hand, Row
from trellis.doors.client_portal.purposes import purpose
from trellis.foundation.access.roles import BY_KEY, LovedOne
from trellis.journey.inquiry.presenters import day_heading

HANDS: dict[str, "Promise | str"] = {
    Hand.COMPUTER: _("The program's computer, by itself"),
    Hand.UNKNOWN: _("Somebody without a sign-in"),
}
#: Whoever loves somebody opens nothing of theirs except by acting for them.
ROLES: dict[str, "Promise | str"] = {LovedOne.key: _("Somebody who acts for you")}


@dataclass(frozen=True)
class Line:
    who: str
    why: "Promise | str"
    listed: bool
    looked: int
    changed: int


@dataclass(frozen=True)
class DayOfLines:
    title: str
    lines: list[Line]
    own: int


@dataclass(frozen=True)
class Week:
    title: str
    count: int


def day_of_lines(day: Day) -> DayOfLines:
    return DayOfLines(day_heading(day.date), [_line(row) for row in day.rows], day.own)


def _line(row: Row) -> Line:
    return Line(who_words(row.who), purpose(row.verb), row.listed, row.looked, row.changed)


def who_words(who: str) -> str:
    if who in HANDS:
        return str(HANDS[who])
    known = [str(ROLES.get(key, BY_KEY[key].label)) for key in who.split(",") if key in BY_KEY]
    return ", ".join(known) or gettext("Somebody who works here")


def month_words(month: date) -> str:
    return capfirst(date_format(month, "YEAR_MONTH_FORMAT"))


def weeks_in_words(found: Iterable[tuple[date, date, int]]) -> list[Week]:
    return [Week(_span(first, last), count) for first, last, count in found]


def _span(first: date, last: date) -> str:
    if first == last:
        return date_format(first, "MONTH_DAY_FORMAT")
    said = {"month": date_format(first, "F"), "first": first.day, "last": last.day}
    return gettext("%(month)s %(first)d to %(last)d") % said
