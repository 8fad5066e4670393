"""What a client's meetings look like in words; those of the finder, shorter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from trellis.foundation.places.finding import Line, kind_of
from trellis.foundation.places.models import Attendance
from trellis.foundation.places.presenters import finder
from trellis.journey.recovery.addresses import asked
from trellis.journey.recovery.models import MeetingChoice
from trellis.journey.schedule.week_words import relative_day
from trellis.ui.words import spoken_time


@dataclass(frozen=True)
class Coming:
    """One meeting that fits."""

    name: str
    url: str
    time: str
    detail: str


def coming(lines: Iterable[Line], now: datetime, home: ZoneInfo) -> list[Coming]:
    today = now.astimezone(home).date()
    return [_coming(line, today, home) for line in lines if line.starts]


def _coming(line: Line, today: date, home: ZoneInfo) -> Coming:
    meeting, at = line.meeting, finder.shown_time(line, home)
    online = meeting.attendance == Attendance.ONLINE
    parts = [
        relative_day(at.date(), today),
        finder.miles_words(line.miles),
        _("online") if online else meeting.city,
        *(finder.language_word(code) for code in meeting.languages if code != "en"),
        kind_of(line.list),
    ]
    return Coming(
        name=meeting.name,
        url=reverse("meetings:one", args=[meeting.public_id]),
        time=spoken_time(at.time()),
        detail=" · ".join(filter(None, parts)),
    )


def chosen_words(choice: MeetingChoice) -> str:
    """ "Within 15 miles of 91766 · Spanish"; empty where all was left open."""
    return finder.summary(asked(choice))
