"""The list on paper: one week, day by day, in large type."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from trellis.foundation.places import kinds
from trellis.foundation.places.finding import Found, Line, kind_of
from trellis.foundation.places.models import Attendance
from trellis.foundation.places.presenters.finder import (
    day_words,
    language_word,
    miles_words,
    short_place,
    shown_time,
    zone_note,
)
from trellis.ui.words import spoken_time

#: about six pages; whoever wants more asks for less
MOST = 90
STRIPS = range(8)


@dataclass(frozen=True)
class Entry:
    time: str
    name: str
    place: str
    more: str
    way_in: str


@dataclass(frozen=True)
class Day:
    heading: str
    entries: list[Entry]


def sheet(found: Found, now: datetime, home: ZoneInfo, spoken: str) -> dict[str, Any]:
    lines = sorted(found.lines, key=lambda line: line.starts or now)
    grouped = groupby(lines, key=lambda line: line.starts and line.starts.astimezone(home).date())
    return {
        "days": [
            Day(day_words(day) if day else _("By appointment"), [_entry(line, home, spoken) for line in held])
            for day, held in grouped
        ],
        "printed_on": day_words(now.astimezone(home).date()),
        "cut": MOST if found.more else 0,
        "strips": STRIPS,
    }  # fmt: skip


def _entry(line: Line, home: ZoneInfo, spoken: str) -> Entry:
    meeting = line.meeting
    online = meeting.attendance != Attendance.IN_PERSON
    more = [
        miles_words(line.miles), kind_of(line.list),
        *(language_word(code) for code in meeting.languages if code not in ("en", spoken)),
        *kinds.type_words(line.list.format or kinds.GUIDE, meeting.types)[:3], zone_note(line, home),
    ]  # fmt: skip
    way_in = [meeting.online_url, meeting.online_notes, meeting.phone] if online else []
    return Entry(
        time=spoken_time(shown_time(line, home).time()) if line.starts else "",
        name=meeting.name,
        place=str(meeting.get_attendance_display())
        if meeting.attendance == Attendance.ONLINE
        else short_place(meeting),
        more=" · ".join(filter(None, more)),
        way_in=" · ".join(filter(None, way_in)),
    )
