"""A source as bytes: is it a list, of which format, and what stands in it."""

import gc
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trellis.foundation.places.reading import bmlt, meeting_guide, points, sentences, zones
from trellis.foundation.places.reading.keeping import Whereabouts, listed
from trellis.foundation.places.reading.row import NotKept, Row
from trellis.foundation.places.reading.shapes import MEETING_GUIDE, SHAPES, Formats, Shape
from trellis.foundation.places.reading.values import Listed, Outcome, Problem, short_digest, shown

#: a list of 20,000 meetings is a third of this
LIMIT_BYTES = 60_000_000


#: the meetings of one row, where it says that it meets, and under which key it says its own name
Kept = tuple[list[Listed], Whereabouts, str]


class NoList(Exception):
    """The source is no list of meetings; one sentence says what it is instead."""


@dataclass(frozen=True)
class Loaded:
    rows: list[Any]
    shape: Shape | None
    formats: Formats


def read(body: bytes, *, format: str = "auto", formats: bytes | None = None) -> Outcome:
    """Every meeting of a source. `format` is auto, meeting-guide or bmlt; `formats` BMLT's own list of them, as bytes.

    Raises NoList when it is no list of meetings. Whatever is wrong with a row costs no other.
    """
    with _no_collecting():
        loaded = _load(body, format, formats)
        outcome = Outcome(loaded.shape.format if loaded.shape else None, read=len(loaded.rows))
        if loaded.shape is not None:
            _fill(outcome, loaded.rows, loaded.shape, loaded.formats)
    outcome.stamp = stamp_of(body, format=format, formats=formats)
    return outcome


def stamp_of(body: bytes, *, format: str = "auto", formats: bytes | None = None) -> str:
    """32 letters: the same bytes, read in the same way by the same rules, give the same meetings and problems."""
    made = hashlib.blake2b(body, digest_size=16)
    made.update(repr((format, formats, _rules())).encode())
    return made.hexdigest()


@cache
def _rules() -> str:
    """Our own files: what was read by other rules is read again."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.blake2b(b"".join(file.read_bytes() for file in files)).hexdigest()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A long list makes a million objects that all stay: looking through them for garbage takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(body: bytes, format: str, formats: bytes | None) -> Loaded:
    found = parsed(body)
    defined = _formats(formats) if formats is not None else Formats()
    rows = found
    if isinstance(found, dict) and isinstance(found.get("meetings"), list):
        rows = found["meetings"]
        if formats is None:
            defined = bmlt.formats_of(found.get("formats")) or Formats()
    if not isinstance(rows, list):
        raise NoList("It is JSON, but no list of meetings.")
    shape = _shape_of(rows, format)
    if rows and shape is None:
        wanted = "" if format == "auto" else f" in the format {format}"
        raise NoList(f"It is JSON, but no list of meetings{wanted}: none of its rows has the fields of a meeting.")
    return Loaded(rows, shape, defined)


def _formats(body: bytes) -> Formats:
    try:
        found = parsed(body)
    except NoList as fault:
        raise NoList(f"The file of formats cannot be used: {fault}") from None
    defined = bmlt.formats_of(found.get("formats") if isinstance(found, dict) else found)
    if defined is None:
        raise NoList("The file of formats is no list of BMLT formats.")
    return defined


def parsed(body: bytes) -> Any:
    """The JSON of a source. A number that Python will not read costs no row."""
    if len(body) > LIMIT_BYTES:
        raise NoList(f"It is larger than {LIMIT_BYTES // 1_000_000} MB.")
    if not body.strip():
        raise NoList("It is empty.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoList("It is not written in UTF-8.") from None
    try:
        return _json(text)
    except json.JSONDecodeError as fault:
        raise NoList(f"It is no JSON (line {fault.lineno}).") from None
    except RecursionError:
        raise NoList("It is nested too deeply to be a list of meetings.") from None


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_nothing)
    except json.JSONDecodeError:
        raise
    except ValueError:  # a number of thousands of digits; to read every number ourselves is slow
        return json.loads(text, parse_constant=_nothing, parse_int=_integer)


def _nothing(word: str) -> None:
    """NaN and Infinity are no JSON and no figures."""


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) < 20 else digits


def _shape_of(rows: list[Any], format: str) -> Shape | None:
    """The shape that the rows are most like, by the keys that only it has."""
    likeness: Counter[int] = Counter()
    for number, shape in enumerate(SHAPES):
        if format in ("auto", shape.format):
            likeness[number] = sum(map(shape.likeness, rows))
    number, marks = max(likeness.items(), key=lambda item: item[1], default=(0, 0))
    return SHAPES[number] if marks else None


def _fill(outcome: Outcome, rows: list[Any], shape: Shape, formats: Formats) -> None:
    types_of = meeting_guide.types_of if shape is MEETING_GUIDE else bmlt.types_of
    kept: list[Kept] = []
    for number, given in enumerate(rows):
        rows[number] = None  # what was read need not stay in memory
        if not isinstance(given, dict):
            problem = Problem(number, None, "", shown(given), sentences.NOT_AN_OBJECT, False)
            outcome.problems.append(problem)
            continue
        row = Row(number, given, shape)
        try:
            kept.append((*listed(row, types_of, formats), row.key("id")))
            outcome.problems += row.problems
        except NotKept as why:
            problem = Problem(number, row.id or None, why.field, shown(why.value), why.sentence, False)
            outcome.problems.append(problem)
    outcome.kept = len(kept)
    _settle(outcome, kept)
    outcome.problems.sort(key=lambda problem: problem.row)


# --- what needs the whole list ----------------------------------------------------------------------------------------


def _settle(outcome: Outcome, kept: list[Kept]) -> None:
    middle = points.middle_of(
        [
            spot.point
            for (first, *_), spot, _key in kept
            if spot.point and not spot.approximate and first.attendance != "online"
        ]
    )
    seen: Counter[Any] = Counter()
    for meetings, spot, id_key in kept:
        sane = spot.point if spot.point and not points.is_absurd(spot.point, middle) else None
        placed = sane is not None and not spot.approximate and meetings[0].attendance != "online"
        zone = meetings[0].zone or zones.of_place(spot.address, sane, spot.approximate)
        row_key = _row_key(meetings, seen)
        for meeting in meetings:
            meeting.placed, meeting.zone, meeting.row_key = placed, zone, row_key
            _identify(outcome, meeting, seen, id_key)
        outcome.meetings += meetings


def _row_key(meetings: list[Listed], seen: Counter[Any]) -> str:
    first = meetings[0]
    key = ("row", _known_by(first), tuple(meeting.day for meeting in meetings), first.time)
    seen[key] += 1
    return short_digest((key, seen[key]))


def _identify(outcome: Outcome, meeting: Listed, seen: Counter[Any], id_key: str) -> None:
    """Source id, day and time; doubles are numbered in the order of the source."""
    key = (_known_by(meeting), meeting.day, meeting.time)
    seen[key] += 1
    if seen[key] > 1:
        problem = Problem(
            meeting.row, meeting.source_id or None, id_key, meeting.source_id or None, sentences.TWICE, True
        )
        outcome.problems.append(problem)
    meeting.identity = short_digest((key, seen[key]))
    meeting.digest = short_digest(meeting.content())


def _known_by(meeting: Listed) -> tuple[str, ...]:
    """A row without an id is known by its name and by where one goes to it."""
    if meeting.source_id:
        return (meeting.source_id,)
    return ("", meeting.name, meeting.location, meeting.address, meeting.online_url, meeting.phone)
