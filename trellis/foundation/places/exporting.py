"""Meetings as the contract prints them."""

from collections.abc import Iterator
from typing import Any

from trellis.foundation.places.models import Meeting, MeetingList
from trellis.foundation.places.reading.points import kilometres
from trellis.foundation.places.reading.values import Point

DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")


def exported(name: str | None = None, near: Point | None = None, within_km: float = 0.0) -> Iterator[dict[str, Any]]:
    """What is listed now, of one list or of all that are switched on; near a point, only where one can go to."""
    rows = Meeting.objects.filter(ended_at__isnull=True).select_related("list")
    rows = rows.filter(list__name=name) if name is not None else rows.filter(list__switched_on=True)
    if near is not None:
        rows = rows.filter(placed=True)
    for meeting in rows.order_by("list__name", "day", "time", "name", "id").iterator(chunk_size=1000):
        if near is None or is_near(meeting, near, within_km):
            yield as_json(meeting)


def is_near(meeting: Meeting, near: Point, within_km: float) -> bool:
    place = (meeting.latitude, meeting.longitude)
    return None not in place and kilometres((float(place[0] or 0), float(place[1] or 0)), near) <= within_km


def is_known(name: str) -> bool:
    return MeetingList.objects.filter(name=name).exists()


def as_line(row: dict[str, Any]) -> str:
    """One meeting in one line of a terminal."""
    when = f"{DAYS[row['day']]} {row['time']}" if row["time"] else "by appointment"
    where = ", ".join(filter(None, [row["location"], row["address"], row["city"]])) or row["online_url"] or row["phone"]
    return f"{when}  {row['name']}  ({row['attendance']}) {where or ''}".rstrip()


def as_json(meeting: Meeting) -> dict[str, Any]:
    """Unknown is null, never a guess."""
    return {
        "id": meeting.public_id,
        "list": meeting.list.name,
        "source_id": meeting.source_id or None,
        "name": meeting.name,
        "day": meeting.day,
        "time": meeting.time and f"{meeting.time:%H:%M}",
        "end_time": meeting.end_time and f"{meeting.end_time:%H:%M}",
        "duration_minutes": meeting.duration_minutes,
        "timezone": meeting.time_zone or None,
        "attendance": meeting.attendance,
        "types": meeting.types,
        "languages": meeting.languages,
        "location": meeting.location or None,
        "address": meeting.address or None,
        "city": meeting.city or None,
        "state": meeting.state or None,
        "postal_code": meeting.postal_code or None,
        "latitude": meeting.latitude,
        "longitude": meeting.longitude,
        "approximate": meeting.approximate,
        "online_url": meeting.online_url or None,
        "online_notes": meeting.online_notes or None,
        "phone": meeting.phone or None,
        "location_notes": meeting.location_notes or None,
        "notes": meeting.notes or None,
        "updated": meeting.source_updated and f"{meeting.source_updated:%Y-%m-%dT%H:%M:%SZ}",
    }
