"""What Today says in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_heading, day_words
from trellis.journey.schedule.models import AbsenceNotice, Arrival, SessionChange
from trellis.journey.schedule.queries import MakeUp
from trellis.journey.schedule.week_words import relative_day, time_span
from trellis.ui.words import spoken_minutes, spoken_time

#: so long before a session, and while it is on, being late is something to tell
LATE_WITHIN = timedelta(hours=6)
LATE_BY = (10, 20, 30)
#: a change is told for a week
TOLD_FOR = timedelta(days=7)

GREETINGS = {
    "morning": gettext_lazy("Good morning, %(name)s"),
    "afternoon": gettext_lazy("Good afternoon, %(name)s"),
    "evening": gettext_lazy("Good evening, %(name)s"),
}
CHANGES: dict[str, "Promise | str"] = {
    "moved": gettext_lazy("New time"),
    "cancelled": gettext_lazy("Does not take place"),
    "restored": gettext_lazy("Takes place after all"),
    "room": gettext_lazy("New room"),
    "facilitator": gettext_lazy("Somebody else leads it"),
    "joined": gettext_lazy("Together with another group"),
}
TONES = {"cancelled": "gold", "moved": "citrus", "restored": "leaf"}


def greeting(name: str, hour: int) -> str:
    """Until noon it is morning, until six afternoon."""
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return GREETINGS[part] % {"name": name}


@dataclass(frozen=True)
class Change:
    name: str
    word: "Promise | str"
    tone: str
    when: str


def changes(found: Iterable[SessionChange], zone: tzinfo) -> list[Change]:
    """The newest of each session: what holds now."""
    newest: dict[int, SessionChange] = {}
    for change in found:
        newest.setdefault(change.session_id, change)
    return [_change(change, zone) for change in newest.values()]


def _change(change: SessionChange, zone: tzinfo) -> Change:
    session = change.session
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    when = f"{day_heading(starts.date())}, {time_span(starts, ends)}"
    if change.kind == "moved" and change.old_starts_at:
        old = change.old_starts_at.astimezone(zone)
        usual = f"{day_words(old.date())}, {spoken_time(old.time())}"
        when = gettext("%(new)s, not %(old)s") % {"new": when, "old": usual}
    return Change(say(session.series.names), CHANGES[change.kind], TONES.get(change.kind, "dusk"), when)


@dataclass(frozen=True)
class Way:
    """A session that could make hours up."""

    name: str
    when: str
    gives: str


def ways(found: Iterable[MakeUp], now: datetime, zone: tzinfo) -> list[Way]:
    return [_way(one, now, zone) for one in found]


def _way(one: MakeUp, now: datetime, zone: tzinfo) -> Way:
    starts, ends = one.session.starts_at.astimezone(zone), one.session.ends_at.astimezone(zone)
    day = relative_day(starts.date(), now.astimezone(zone).date())
    minutes = {"minutes": spoken_minutes(one.minutes)}
    gives = gettext("%(minutes)s, enough for this week") if one.enough else gettext("%(minutes)s")
    return Way(say(one.session.series.names), f"{day}, {time_span(starts, ends)}", gives % minutes)


def arrived_words(arrival: Arrival, zone: tzinfo) -> str:
    return _("You are here: the front desk saw you at %(time)s.") % {
        "time": spoken_time(arrival.recorded_at.astimezone(zone).time())
    }


def told_words(notice: AbsenceNotice | None) -> str:
    if notice is None:
        return ""
    if notice.kind == "late":
        return _("You told us that you come about %(minutes)d minutes late.") % {"minutes": notice.minutes}
    return _("You told us that you cannot come.")
