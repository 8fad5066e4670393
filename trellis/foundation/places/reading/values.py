"""The plain values that a reading gives."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from trellis.foundation.places.reading.text import MORE, without_addresses, without_numbers

MOST_OF_A_VALUE, MOST_OF_A_LIST = 120, 10
Point = tuple[float, float]  # latitude, longitude in degrees


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with one row. Not kept: the row is not there. Kept: it is, mended or with a field left empty."""

    row: int
    id: str | None
    field: str
    value: Any
    problem: str
    kept: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "row": self.row,
            "id": self.id,
            "field": self.field,
            "value": self.value,
            "problem": self.problem,
            "kept": self.kept,
        }


def shown(value: Any) -> Any:
    """A value of the source as a report may repeat it: short, JSON, no e-mail address and no telephone number in it."""
    if value is None or isinstance(value, (bool, int, float)):
        return value if not isinstance(value, int) or abs(value) < 2**53 else str(value)[:MOST_OF_A_VALUE]
    if isinstance(value, str):
        return _shown(value)
    if isinstance(value, list) and len(value) <= MOST_OF_A_LIST and not any(isinstance(x, (list, dict)) for x in value):
        return [shown(one) for one in value]
    try:
        return _shown(json.dumps(value, ensure_ascii=False, default=str))
    except RecursionError:
        return MORE


def _shown(text: str) -> str:
    # Halves of characters and the null character go into no UTF-8 and no text of PostgreSQL.
    text = text[: 4 * MOST_OF_A_VALUE].encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    return without_numbers(without_addresses(text))[:MOST_OF_A_VALUE]


@dataclass(slots=True)
class Listed:
    """One meeting of a week as it is kept: the contract's words, "" and None where the source says nothing."""

    row: int
    source_id: str
    day: int | None
    time: int | None  # minutes from midnight, on the wall of the place
    end_time: int | None
    duration: int | None  # minutes
    name: str
    attendance: str  # in_person, online, hybrid
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    location: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    point: Point | None = None
    approximate: bool = False
    online_url: str = ""
    online_notes: str = ""
    phone: str = ""
    location_notes: str = ""
    notes: str = ""
    closed: bool = False
    updated: datetime | None = None
    zone: str = ""
    placed: bool = False
    identity: str = ""
    #: the row that it came from; one row may stand for several days
    row_key: str = ""
    digest: str = ""

    @property
    def week_minute(self) -> int | None:
        return None if self.day is None or self.time is None else self.day * 1440 + self.time

    def content(self) -> tuple[Any, ...]:
        """Everything that a reader of the list could notice; not where in the source it stood."""
        return (
            self.source_id, self.day, self.time, self.end_time, self.duration, self.name, self.attendance, self.types,
            self.languages, self.location, self.address, self.city, self.state, self.postal_code, self.point,
            self.approximate, self.online_url, self.online_notes, self.phone, self.location_notes, self.notes,
            self.closed, self.updated and self.updated.isoformat(), self.zone, self.placed, self.row_key,
        )  # fmt: skip


@dataclass(slots=True)
class Outcome:
    """What one reading of a source gave. `read` and `kept` count rows of the source."""

    format: str | None
    read: int = 0
    kept: int = 0
    meetings: list[Listed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    #: of the bytes that were read, and of how we read them: the same gives the same
    stamp: str = ""
    #: nothing was read, for the same was read before; there are no meetings in it
    recalled: bool = False

    @property
    def skipped(self) -> int:
        return self.read - self.kept


def short_digest(value: Any) -> str:
    """32 letters that stand for the value; the same in every process."""
    return hashlib.blake2b(repr(value).encode("utf-8", "replace"), digest_size=16).hexdigest()
