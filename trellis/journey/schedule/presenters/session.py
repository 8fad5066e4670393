"""One session, my day, and the week of the program."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_words
from trellis.journey.schedule.models import SessionChange
from trellis.journey.schedule.presenters import words
from trellis.journey.schedule.queries import DaySession
from trellis.journey.schedule.queries.program import PlannedSession, ProgramWeek
from trellis.journey.schedule.states import ChangeKind
from trellis.journey.schedule.week_words import relative_day, time_span
from trellis.ui.words import spoken_minutes, spoken_time

NEEDS_LEADER = _("Needs a leader")
NEEDS_ROOM = _("Needs a room")


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


def lacks(one: PlannedSession, now: datetime) -> "Promise | str":
    """What a session that is still to come lacks."""
    if one.session.status == "cancelled" or one.session.ends_at <= now:
        return ""
    if not one.holds.leaders:
        return NEEDS_LEADER
    if not one.holds.room and not hasattr(one.session, "joining"):
        return NEEDS_ROOM
    return ""


# --- the week of the program ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WeekGroup:
    one: PlannedSession
    now: datetime
    zone: tzinfo

    @property
    def public_id(self) -> str:
        return self.one.session.public_id

    @property
    def name(self) -> str:
        return say(self.one.session.series.names)

    @property
    def time(self) -> str:
        session = self.one.session
        return time_span(session.starts_at.astimezone(self.zone), session.ends_at.astimezone(self.zone))

    @property
    def detail(self) -> str:
        return words.joined([words.room_words(self.one.holds, self.one.session), words.leader_words(self.one.holds)])

    @property
    def places(self) -> str:
        values = {"expected": self.one.expected, "places": self.one.session.series.capacity}
        return gettext("%(expected)d of %(places)d places") % values

    @property
    def off(self) -> bool:
        return self.one.session.status == "cancelled"

    @property
    def lacks(self) -> "Promise | str":
        return lacks(self.one, self.now)

    @property
    def word(self) -> tuple["Promise | str", str] | None:
        """A state worth a word: what is quiet stays quiet."""
        if self.lacks:
            return self.lacks, "rose"
        word, tone = words.session_state(self.one.session, self.now)
        quiet = self.one.session.status in ("planned", "held") and tone != "leaf"
        return None if quiet else (word, tone)


@dataclass(frozen=True)
class WeekPage:
    found: ProgramWeek
    now: datetime
    zone: tzinfo

    @property
    def days(self) -> list[tuple[str, bool, list[WeekGroup]]]:
        today = self.now.astimezone(self.zone).date()
        days = self.found.days.items()
        return [
            (day_words(day), day == today, [WeekGroup(one, self.now, self.zone) for one in groups])
            for day, groups in days
            if groups or day.weekday() < 6
        ]

    @property
    def title(self) -> str:
        return gettext("%(start)s to %(end)s") % {
            "start": day_words(self.found.week.start),
            "end": day_words(self.found.week.end),
        }

    @property
    def lacking(self) -> int:
        return sum(bool(lacks(one, self.now)) for one in self.found.sessions)

    @property
    def heading(self) -> str:
        if not self.lacking:
            return gettext("Every group has a room and a leader")
        return ngettext(
            "One group lacks a room or a leader", "%(number)d groups lack a room or a leader", self.lacking
        ) % {"number": self.lacking}  # fmt: skip

    @property
    def before(self) -> date:
        return self.found.week.start - timedelta(days=7)

    @property
    def after(self) -> date:
        return self.found.week.start + timedelta(days=7)


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
