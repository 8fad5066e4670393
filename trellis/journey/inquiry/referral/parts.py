"""Parts of a FHIR resource as they were sent: any of them may be missing, and any may be of the wrong shape."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

Object = dict[str, Any]

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")
#: half of a letter that two halves make: no file, no database and no page takes it
HALVES = re.compile("[\ud800-\udfff]")


class Broken(ValueError):
    """A part is not of the shape that FHIR gives it. One sentence that names it."""


def one(value: Object, name: str) -> Object:
    found = value.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise Broken(f"{name} is no object.")
    return found


def many(value: Object, name: str) -> list[Object]:
    found = value.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise Broken(f"{name} is no list of objects.")
    return found


def printable(sent: str) -> str:
    """With a sign in place of half a letter."""
    return HALVES.sub("\ufffd", sent)


def words(value: Object, name: str) -> str | None:
    found = value.get(name)
    if found is None:
        return None
    if not isinstance(found, str):
        raise Broken(f"{name} is no text.")
    return unicodedata.normalize("NFC", printable(found)).strip() or None


def all_words(value: Object, name: str) -> list[str]:
    found = value.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise Broken(f"{name} is no list of texts.")
    return [unicodedata.normalize("NFC", printable(item)).strip() for item in found if item.strip()]


def day(sent: str) -> str:
    """The date as it was sent: a year, a month or a day, without a time. Raises Broken where there is no such day."""
    instant(sent, None)
    return sent[:10]


def instant(sent: str, zone: tzinfo | None) -> datetime:
    """When that was. A date without a time begins in `zone`; a month or a year with its first day. Raises Broken.

    An empty date of other software (the first second of all time, or the last) is none that every zone can name.
    """
    try:
        if INSTANT.fullmatch(sent):
            found = datetime.fromisoformat(sent)
            for other in (UTC, zone or UTC):
                found.astimezone(other)
            return found
        if DATE.fullmatch(sent):
            return datetime.combine(date.fromisoformat(f"{sent}-01-01"[:10]), time.min, zone)
    except (ValueError, OverflowError):
        pass
    raise Broken(f"{sent[:40]} is no date.")


def codings(concept: Object) -> Iterator[tuple[str, str, str | None]]:
    """System, code and display of each coding that has a code."""
    for coding in many(concept, "coding"):
        code = words(coding, "code")
        if code:
            yield words(coding, "system") or "", code, words(coding, "display")


def said(concept: Object) -> str | None:
    """What a concept is called: its text, else the first display, else nothing."""
    return words(concept, "text") or next((display for _, _, display in codings(concept) if display), None)


def human_name(names: list[Object]) -> str | None:
    """Given then family, no prefix. An official name before another; an old one last."""
    rank = {"official": 0, "usual": 1, None: 2, "old": 8, "maiden": 9}
    for name in sorted(names, key=lambda name: rank.get(words(name, "use"), 5)):
        parts = [*all_words(name, "given"), words(name, "family")]
        found = " ".join(part for part in parts if part) or words(name, "text")
        if found:
            return found
    return None


def address(addresses: list[Object]) -> str | None:
    for sent in addresses:
        place = " ".join(part for part in (words(sent, "state"), words(sent, "postalCode")) if part)
        parts = [*all_words(sent, "line"), words(sent, "city"), place]
        found = words(sent, "text") or ", ".join(part for part in parts if part)
        if found:
            return found
    return None
