"""Lists and meetings as a reading would have written them."""

from datetime import UTC, datetime, time
from hashlib import md5
from itertools import count
from typing import Any

from trellis.foundation.places.models import Meeting, MeetingList
from trellis.foundation.places.rules.names import fold
from trellis.foundation.record.guard import writing

_numbers = count(1)
READ_AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def a_list(name: str = "", **changes: Any) -> MeetingList:
    number = next(_numbers)
    name = name or f"list-{number}"
    given = {"title": name.replace("-", " ").title(), "kind": "", "format": "meeting-guide", "source": f"{name}.json"}
    with writing("test"):
        return MeetingList.objects.create(name=name, **given | {"read_at": READ_AT, "changed_at": READ_AT} | changes)


def a_meeting(of: MeetingList | None = None, **changes: Any) -> Meeting:
    """Saturday, 19:30, in a church in Pomona, unless something else is said."""
    with writing("test"):
        return Meeting.objects.create(**facts(of or a_list(), **changes))


def facts(of: MeetingList, **changes: Any) -> dict[str, Any]:
    number = next(_numbers)
    said: dict[str, Any] = {
        "list": of, "source_id": f"meeting-{number}", "day": 6, "time": time(19, 30), "end_time": time(20, 30),
        "duration_minutes": 60, "time_zone": "America/Los_Angeles", "attendance": "in_person", "types": ["O"],
        "languages": [], "name": f"Meeting {number}", "location": "Trinity Church", "address": "676 N Gibbs St",
        "city": "Pomona", "state": "CA", "postal_code": "91767", "latitude": 34.0632, "longitude": -117.7506,
        "seen_at": READ_AT, **changes,
    }  # fmt: skip
    if said["day"] is not None:
        said.setdefault("week_minute", said["day"] * 1440 + said["time"].hour * 60 + said["time"].minute)
    else:
        said |= {"time": None, "end_time": None, "duration_minutes": None}
    said.setdefault("search_name", fold(said["name"]))
    marks = [*map(str.upper, said["types"]), *(f"LANG-{code}" for code in said["languages"])]
    said.setdefault("marks", f" {' '.join(marks)} ")
    said.setdefault("placed", said["attendance"] != "online" and said["latitude"] is not None)
    said.setdefault("identity", md5(f"{number}".encode(), usedforsecurity=False).hexdigest())
    said.setdefault("digest", said["identity"])
    return said
