"""Licenses as a page prints them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.people.staff.licenses import queries, rules, words
from trellis.people.staff.licenses.rules import Kind
from trellis.people.staff.models import License


@dataclass(frozen=True)
class Line:
    license: License
    title: str
    detail: str
    word: str
    tone: str
    #: may be changed: nothing stands in its place
    is_in_use: bool


def lines(rows: Iterable[License], on: date) -> list[Line]:
    every = list(rows)
    using = [row for row in every if not _gone(row)]
    held = queries.held(using)
    ends = {row.pk: rules.last_day(one, held) for row, one in zip(using, held, strict=True)}
    return [_line(row, ends.get(row.pk), on) for row in every]


def _gone(row: License) -> bool:
    return hasattr(row, "replaced_by") or row.mistaken


def _line(row: License, end: date | None, on: date) -> Line:
    days = _("from %(since)s to %(until)s") % {"since": _day(row.since), "until": _day(row.until)}
    under = _("supervised by %(name)s") % {"name": row.supervisor.chosen_name} if row.supervisor else ""
    word, tone = _state(row, end, on)
    detail = " · ".join(filter(None, [row.number, row.body, days, under, row.note]))
    return Line(row, str(words.KINDS[Kind(row.kind)]), detail, word, tone, end is not None)


def _state(row: License, end: date | None, on: date) -> tuple[str, str]:
    if row.mistaken:
        return _("A mistake"), "plain"
    if end is None:
        return _("Replaced"), "plain"
    if end < on:
        return _("Ended %(day)s") % {"day": _day(end)}, "rose"
    if on < row.since:
        return _("Not yet"), "plain"
    soon = end <= on + rules.SOON
    return (_("Ends %(day)s") % {"day": _day(end)}, "gold") if soon else (_("Counts"), "leaf")


def soon(found: Iterable[tuple[License, date]], on: date) -> list[Line]:
    return [_line(row, end, on) for row, end in found]


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
