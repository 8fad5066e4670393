"""The shapes in which lists come: what each calls the fields that we read. What is not named here is never looked at:
names, telephones and e-mails of persons among it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Fields = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Shape:
    format: str  # meeting-guide, bmlt
    #: our word → the source's keys, the first that holds something counts
    fields: Fields
    #: keys that only rows of this shape have
    marks: frozenset[str]
    #: the number that Sunday has
    sunday: int = 0
    #: keys that say little alone, and enough beside a name
    hints: frozenset[str] = frozenset()
    #: seconds stand in every time of this shape, so that they need no mending
    seconds: bool = False

    @cached_property
    def index(self) -> dict[str, list[tuple[str, int]]]:
        """The source's key → our words that it may stand for, each with its place among their keys."""
        found: dict[str, list[tuple[str, int]]] = {}
        for word, keys in self.fields.items():
            for place, key in enumerate(keys):
                found.setdefault(key, []).append((word, place))
        return found

    def likeness(self, row: Any) -> int:
        """How many of the row's keys only rows of this shape have. One alone says nothing, unless a name is with it."""
        if not isinstance(row, dict):
            return 0
        found = len(self.marks & row.keys())
        named = any(key in row for key in self.fields["name"])
        if not found and named:
            found = len(self.hints & row.keys())
        return found if found > 1 or named else 0


MEETING_GUIDE = Shape(
    "meeting-guide",
    {
        "id": ("slug", "id", "_id"),
        "name": ("name",),
        "day": ("day",),
        "time": ("time",),
        "end": ("end_time",),
        "length": ("duration",),
        "zone": ("timezone",),
        "types": ("types",),
        "languages": ("languages",),
        "says": ("attendance_option",),
        "location": ("location",),
        "street": ("address",),
        "city": ("city",),
        "state": ("state",),
        "postal_code": ("postal_code",),
        "country": ("country",),
        "whole": ("formatted_address",),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "approximate": ("approximate",),
        "url": ("conference_url",),
        "phone": ("conference_phone",),
        "online_notes": ("conference_url_notes",),
        "more_online_notes": ("conference_phone_notes",),
        "location_notes": ("location_notes",),
        "notes": ("notes",),
        "more_notes": ("group_notes",),
        "updated": ("updated", "updatedAt", "updated_at"),
    },
    frozenset(
        ("slug", "day", "time", "types", "formatted_address", "conference_url", "conference_phone", "attendance_option")
    ),
    hints=frozenset(("location", "address", "city", "latitude", "longitude", "end_time")),
)

_BMLT_PLACES: Fields = {
    "location": ("location_text",),
    "street": ("location_street",),
    "city": ("location_municipality",),
    "state": ("location_province",),
    "postal_code": ("location_postal_code_1",),
    "country": ("location_nation",),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
    "url": ("virtual_meeting_link",),
    "phone": ("phone_meeting_number",),
    "online_notes": ("virtual_meeting_additional_info",),
    "location_notes": ("location_info",),
    "notes": ("comments",),
}
#: in rows of both shapes of BMLT, and of no other
_ONLY_BMLT = tuple(
    key for keys in _BMLT_PLACES.values() for key in keys if key.startswith("location_") and key != "location_notes"
)
BMLT_V1 = Shape(
    "bmlt",
    {
        "id": ("id",),
        "name": ("name",),
        "day": ("day",),
        "time": ("startTime",),
        "length": ("duration",),
        "zone": ("timeZone",),
        "types": ("formatIds",),
        "says": ("venueType",),
        **_BMLT_PLACES,
    },
    frozenset(("startTime", "formatIds", "venueType", "temporarilyVirtual", "serviceBodyId", *_ONLY_BMLT)),
    seconds=True,
)
BMLT_CLASSIC = Shape(
    "bmlt",
    {
        "id": ("id_bigint",),
        "name": ("meeting_name",),
        "day": ("weekday_tinyint",),
        "time": ("start_time",),
        "length": ("duration_time",),
        "zone": ("time_zone",),
        "types": ("formats",),
        "type_ids": ("format_shared_id_list",),
        "says": ("venue_type",),
        **_BMLT_PLACES,
    },
    frozenset(
        (
            "id_bigint",
            "weekday_tinyint",
            "start_time",
            "duration_time",
            "meeting_name",
            "service_body_bigint",
            *_ONLY_BMLT,
        )
    ),
    sunday=1,
    seconds=True,
)
#: where a list is as like two of them, the first counts
SHAPES = (BMLT_V1, BMLT_CLASSIC, MEETING_GUIDE)


@dataclass(frozen=True, slots=True)
class Format:
    """What one format of BMLT means."""

    key: str
    languages: tuple[str, ...] = ()
    closed: bool = False
    says: str = ""


@dataclass(frozen=True)
class Formats:
    """The formats that a source defines, by id and by key; none when it defines none."""

    by_id: Mapping[str, Format] = field(default_factory=dict)
    by_key: Mapping[str, Format] = field(default_factory=dict)
