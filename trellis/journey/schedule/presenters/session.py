"""One session, my day, and the week of the program."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext

from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_words
from trellis.journey.schedule.models import SessionChange
from trellis.journey.schedule.presenters import words
from trellis.journey.schedule.queries import DaySession
from trellis.journey.schedule.queries.program import PlannedSession
from trellis.journey.schedule.states import ChangeKind
from trellis.journey.schedule.week_words import relative_day
from trellis.ui.words import spoken_minutes, spoken_time


def change_words(change: SessionChange, zone: tzinfo) -> tuple[str, "Promise | str", str]:
    """When it was changed, what, and why."""
    at = change.recorded_at.astimezone(zone)
    why = change.reason
    if change.old_starts_at:
        old = change.old_starts_at.astimezone(zone)
        was = gettext("was %(day)s, %(time)s") % {"day": day_words(old.date()), "time": spoken_time(old.time())}
        why = words.joined([was, why])
    return f"{day_words(at.date())}, {spoken_time(at.time())}", ChangeKind(change.kind).label, why


def break_words(one: DaySession | PlannedSession) -> str:
    minutes = one.session.break_minutes
    return gettext("with a break of %(minutes)s") % {"minutes": spoken_minutes(minutes)} if minutes else ""


# --- my day -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MyGroup:
    one: DaySession
    now: datetime
    zone: tzinfo

    @property
    def public_id(self) -> str:
        return self.one.session.public_id

    @property
    def name(self) -> str:
        return say(self.one.session.series.names)

    @property
    def day(self) -> str:
        return relative_day(
            self.one.session.starts_at.astimezone(self.zone).date(), self.now.astimezone(self.zone).date()
        )

    @property
    def time(self) -> str:
        return spoken_time(self.one.session.starts_at.astimezone(self.zone).time())

    @property
    def detail(self) -> str:
        unmarked = sum(line.state == "none" and not line.on_leave for line in self.one.lines)
        lacking = gettext("%(number)d not marked yet") % {"number": unmarked}
        return words.joined([
            words.room_words(self.one.holds, self.one.session), words.people_words(self.one.expected),
            lacking if self.is_over and unmarked else "",
        ])  # fmt: skip

    @property
    def state(self) -> tuple["Promise | str", str]:
        return words.session_state(self.one.session, self.now)

    @property
    def is_on(self) -> bool:
        return self.one.is_on(self.now)

    @property
    def is_over(self) -> bool:
        return self.one.session.ends_at <= self.now
