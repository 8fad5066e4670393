"""ICD-10-CM codes as data, with our own labels: F10 to F19 whole, and those that often stand beside. Pure.

A code counts on a day: the list changes each October 1. A group of codes (a header) is no diagnosis.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.foundation.record.folding import fold

#: the list of April 2026; codes of a later October are not in it
EDITION = date(2026, 4, 1)
FORM = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")
MOST_FOUND = 30


@dataclass(frozen=True)
class Code:
    """A code over some time; `until` None: still."""

    code: str
    billable: bool
    since: date
    until: date | None
    en: str
    es: str

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


Codes = Mapping[str, tuple[Code, ...]]


@cache
def known() -> Codes:
    """Every code of our list, each with the times over which it counted."""
    found: dict[str, tuple[Code, ...]] = {}
    _names, *rows = (Path(__file__).parent / "codes.tsv").read_text(encoding="utf-8").splitlines()
    for row in rows:
        code, billable, since, until, en, es = row.split("\t")
        last = date.fromisoformat(until) if until else None
        one = Code(code, billable == "1", date.fromisoformat(since), last, en, es)
        found[code] = (*found.get(code, ()), one)
    return found


def normal(typed: str) -> str:
    """As the list writes it: "f1020" is "F10.20"."""
    plain = "".join(typed.split()).upper().replace(".", "")
    return f"{plain[:3]}.{plain[3:]}" if len(plain) > 3 else plain


def why_not(code: str, on: date, codes: Codes | None = None) -> str | None:
    """In: a code as the list writes it, and the day. Out: why it cannot be used on that day, or None."""
    codes = known() if codes is None else codes
    if not FORM.fullmatch(code):
        return _("This is no code. One looks like F10.20: a letter, two places, a dot, up to four more.")
    if code not in codes:
        return _("%(code)s is not in our list. Search by a word, or check the code.") % {"code": code}
    holding = [one for one in codes[code] if one.holds(on)]
    if any(one.billable for one in holding):
        return None
    if holding:
        return _("%(code)s is a group of codes. Choose a longer one in it.") % {"code": code}
    return _out_of_time(code, codes[code], on)


def _out_of_time(code: str, rows: Iterable[Code], on: date) -> str:
    ahead = [one.since for one in rows if one.since > on]
    if ahead:
        sentence = _("%(code)s counts from %(day)s on, not yet on that day.")
        return sentence % {"code": code, "day": date_format(min(ahead), "DATE_FORMAT")}
    last = max(one.until for one in rows if one.until)
    return _("%(code)s counted until %(day)s. Look for the one in its place.") % {
        "code": code, "day": date_format(last, "DATE_FORMAT"),
    }  # fmt: skip


def find(typed: str, on: date, codes: Codes | None = None) -> list[Code]:
    """Codes that can be used on a day: by the first letters of the code, or by words in either language."""
    wanted = fold(typed).split()
    if not wanted:
        return []
    start = normal(typed)
    every = (one for rows in (known() if codes is None else codes).values() for one in rows)
    usable = [one for one in every if one.billable and one.holds(on)]
    by_code = [one for one in usable if one.code.startswith(start)]
    by_words = [one for one in usable if _has(one, wanted) and one not in by_code]
    return [*by_code, *by_words][:MOST_FOUND]


def _has(one: Code, wanted: Iterable[str]) -> bool:
    words = fold(f"{one.en} {one.es}")
    return all(word in words for word in wanted)


def label(code: str, language: str, codes: Codes | None = None) -> str:
    """Our own words for a code; empty where it is not in the list."""
    rows = (known() if codes is None else codes).get(code, ())
    return "" if not rows else rows[-1].es if language.startswith("es") else rows[-1].en
