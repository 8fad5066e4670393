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
from trellis.journey.inquiry.presenters import day_heading, weekday_name
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


def coming(lines: Iterable[Line], now: datetime, home: ZoneInfo, *, on_paper: bool = False) -> list[Coming]:
    """On paper no day is "tomorrow"."""
    today = None if on_paper else now.astimezone(home).date()
    return [_coming(line, today, home) for line in lines if line.starts]


def every_week(lines: Iterable[Line], home: ZoneInfo) -> list[str]:
    """ "Steps by the Park, Wednesday, 7:00 pm, Pomona": it holds in every week in which it is read."""
    return [_every_week(line, home) for line in lines if line.starts]


def _every_week(line: Line, home: ZoneInfo) -> str:
    at = finder.shown_time(line, home)
    parts = [line.meeting.name, weekday_name(at.weekday()), spoken_time(at.time()), _where(line)]
    return ", ".join(filter(None, parts))


def _where(line: Line) -> str:
    return _("online") if line.meeting.attendance == Attendance.ONLINE else line.meeting.city


def _coming(line: Line, today: date | None, home: ZoneInfo) -> Coming:
    meeting, at = line.meeting, finder.shown_time(line, home)
    parts = [
        relative_day(at.date(), today) if today else day_heading(at.date()),
        finder.miles_words(line.miles),
        _where(line),
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
