"""What the page of one meeting prints."""

from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.foundation.places import kinds
from trellis.foundation.places.finding import kind_of, zone_of
from trellis.foundation.places.models import Attendance, Meeting
from trellis.foundation.places.presenters.finder import (
    began,
    language_word,
    place_name,
    read_words,
    relative_day,
)
from trellis.foundation.places.rules import when
from trellis.ui.words import spoken_minutes, spoken_span, spoken_time

DATES = 3


def next_dates(meeting: Meeting, now: datetime, home: ZoneInfo, most: int = DATES) -> list[datetime]:
    if meeting.day is None or meeting.time is None:
        return []
    return when.next_starts(meeting.day, meeting.time, zone_of(meeting.time_zone, home), now, most)


def meeting_page(meeting: Meeting, now: datetime, home: ZoneInfo) -> dict[str, Any]:
    online = meeting.attendance != Attendance.IN_PERSON
    return {
        "dates": [date_words(starts, meeting, now, home) for starts in next_dates(meeting, now, home)],
        "length": _length(meeting),
        "no_zone": online and not meeting.time_zone and meeting.day is not None,
        "way": meeting.get_attendance_display(),
        "types": kinds.type_words(meeting.list.format or kinds.GUIDE, meeting.types),
        "languages": [language_word(code) for code in meeting.languages],
        "address": address(meeting),
        "map_url": map_url(meeting),
        "link": meeting.online_url if is_web(meeting.online_url) else "",
        "link_host": urlsplit(meeting.online_url).hostname or "" if is_web(meeting.online_url) else "",
        "dial": dial(meeting.phone),
        "kind": kind_of(meeting.list),
        "fresh": read_words(meeting.list, now),
        "notes": meeting.notes if meeting.notes != meeting.location_notes else "",
        "updated": updated_words(meeting.source_updated, now),
    }  # fmt: skip


def _length(meeting: Meeting) -> str:
    """Where the dates do not say when it ends."""
    ends_in_sight = meeting.end_time is not None and meeting.attendance != Attendance.ONLINE
    return spoken_minutes(meeting.duration_minutes) if meeting.duration_minutes and not ends_in_sight else ""


def date_words(starts: datetime, meeting: Meeting, now: datetime, home: ZoneInfo) -> dict[str, str]:
    """By the clock of the place; online by ours, with the meeting's own clock beside it where it differs."""
    online = meeting.attendance == Attendance.ONLINE
    own = zone_of(meeting.time_zone, home)
    shown = starts.astimezone(home if online else own)
    there = starts.astimezone(own)
    differs = there.utcoffset() != starts.astimezone(home).utcoffset()
    place = meeting.time_zone.rpartition("/")[2].replace("_", " ")
    note = ""
    if differs and online:
        note = _("%(time)s in %(place)s") % {"time": spoken_time(there.time()), "place": place}
    elif differs:
        note = _("by the clock of %(place)s") % {"place": place}
    return {
        "day": relative_day(shown.date(), now.astimezone(shown.tzinfo).date()),
        "time": _span(shown, meeting),
        "note": note,
        "began": began(starts, now) if starts <= now else "",
    }


def _span(shown: datetime, meeting: Meeting) -> str:
    if meeting.end_time is None or meeting.attendance == Attendance.ONLINE:
        return spoken_time(shown.time())
    return spoken_span((shown.time(), meeting.end_time))


def address(meeting: Meeting) -> list[str]:
    """The lines of the place, none twice. Nothing where the meeting is only online."""
    if meeting.attendance == Attendance.ONLINE:
        return []
    region = " ".join(filter(None, [meeting.state, meeting.postal_code]))
    lines = [place_name(meeting), meeting.address, ", ".join(filter(None, [meeting.city, region]))]
    return list(dict.fromkeys(filter(None, lines)))


def map_url(meeting: Meeting) -> str:
    """Opens the map that the device itself prefers; this page asks nobody for one."""
    lines = [meeting.address or meeting.location, meeting.city, meeting.state, meeting.postal_code]
    words = ", ".join(filter(None, lines))
    if meeting.attendance == Attendance.ONLINE or not (words or meeting.placed):
        return ""
    if meeting.placed:
        at = f"{meeting.latitude:.5f},{meeting.longitude:.5f}"
        return f"geo:{at}?q={quote(words or at)}"
    return f"geo:0,0?q={quote(words)}"


def is_web(url: str) -> bool:
    """What is not plainly http or https is shown as text and never linked."""
    return urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname) if url else False


def dial(phone: str) -> str:
    """A number as `tel:` takes it: with the pauses that lists write, without words."""
    kept = "".join(c for c in phone if c in "+0123456789,*#")
    return quote(kept, safe="+,*") if sum(c.isdigit() for c in kept) >= 7 else ""


def updated_words(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    months = max(0, (now - at).days) // 30
    if not months:
        return _("Its own entry was changed this month.")
    if months < 24:
        return ngettext(
            "Its own entry was changed %(number)d month ago.",
            "Its own entry was changed %(number)d months ago.",
            months,
        ) % {"number": months}
    return _("Its own entry was last changed in %(year)d.") % {"year": at.year}
