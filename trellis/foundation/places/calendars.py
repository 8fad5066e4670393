"""A meeting for somebody's own calendar. It may be seen by others: unless they choose, it says nothing of a meeting."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from trellis.foundation.places.models import Meeting

WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
USUAL_LENGTH = 60


def calendar_file(
    meeting: Meeting, starts: datetime, zone: ZoneInfo, now: datetime, *, weekly: bool, named: bool
) -> bytes:
    """An iCalendar file (RFC 5545). `starts`: the first date; `weekly`: and each week after it."""
    from icalendar import Calendar, Event  # 5 MB, for the few who ask for a calendar

    begins = starts.astimezone(zone)
    event = Event()
    event.add("uid", f"{meeting.public_id}-{begins:%Y%m%d}{'-weekly' if weekly else ''}")
    event.add("dtstamp", now)
    event.add("summary", meeting.name if named else _("Appointment"))
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=meeting.duration_minutes or USUAL_LENGTH))
    if weekly:
        event.add("rrule", {"freq": "weekly", "byday": WEEKDAYS[meeting.day or 0]})
    where = ", ".join(filter(None, [meeting.address, meeting.city, meeting.state]))
    if where and meeting.attendance != "online":
        event.add("location", where)
    if named and meeting.online_url:
        event.add("description", meeting.online_url)
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Trellis//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
