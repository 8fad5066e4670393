"""Words and tones for what is recorded, the same on every page for people at work."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_heading
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.queries import Holds, RosterLine
from trellis.journey.schedule.queries.lines import Call, Told
from trellis.journey.schedule.states import MACHINE, CallResult, CancelReason, LeaveKind, Mark, NotSeatedWhy, WayHome
from trellis.journey.schedule.week_words import and_list, relative_day, time_span
from trellis.ui.words import spoken_time

#: a colour never speaks alone: each stands beside the word. Nothing about attendance is ever rose.
TONES: dict[str, str] = {
    "none": "dusk",
    Mark.PRESENT: "leaf",
    Mark.VIDEO: "leaf",
    Mark.LATE: "gold",
    Mark.LEFT_EARLY: "gold",
    Mark.EXCUSED: "citrus",
    Mark.ABSENT: "plain",
}
NOT_YET = _("Not yet")


def state_words(line: RosterLine) -> "Promise | str":
    """One word for how a person stands in a group: "Late 17 min"."""
    mark = line.mark
    if mark is None:
        return _unmarked(line)
    return mark_words(mark.state, mark.late, mark.left_early)


def mark_words(state: str, late: int, left_early: int) -> str:
    if state == Mark.LATE:
        return gettext("Late %(minutes)d min") % {"minutes": late}
    if state == Mark.LEFT_EARLY:
        return gettext("Left %(minutes)d min early") % {"minutes": left_early}
    return str(Mark(state).label)


def _unmarked(line: RosterLine) -> "Promise | str":
    if line.away:
        return NotSeatedWhy(line.away.why).label
    return LeaveKind(line.on_leave).label if line.on_leave else NOT_YET


def tone(line: RosterLine) -> str:
    return "citrus" if (line.away or line.on_leave) and line.mark is None else TONES[line.state]


def told_words(told: Told, zone: tzinfo) -> str:
    """What a client told us, without their own words."""
    at = spoken_time(told.at.astimezone(zone).time())
    if told.kind == "late":
        return gettext("Told us at %(time)s: about %(minutes)d min late") % {"time": at, "minutes": told.minutes}
    return gettext("Told us at %(time)s: cannot come") % {"time": at}


def notes(line: RosterLine, zone: tzinfo) -> list[str]:
    """The small line under a name: arrival, notice, leave, what happened at the door."""
    found = []
    if line.added:
        found.append(gettext("Added for this group"))
    if line.on_leave and line.mark:
        found.append(str(LeaveKind(line.on_leave).label))
    if line.arrived_at:
        at = spoken_time(line.arrived_at.astimezone(zone).time())
        found.append(gettext("At the desk %(time)s") % {"time": at})
    if line.notice:
        found.append(told_words(line.notice, zone))
    elif line.back_at:
        at = spoken_time(line.back_at.astimezone(zone).time())
        found.append(gettext("Told us at %(time)s: comes after all") % {"time": at})
    if line.away:
        way = WayHome(line.away.way_home).label
        found.append(f"{NotSeatedWhy(line.away.why).label}, {way}")
    if line.mark and line.mark.reason:
        found.append(line.mark.reason)
    if line.mark and line.mark.late_entry:
        found.append(gettext("Written down on a later day"))
    return found


def call_words(line: RosterLine) -> str:
    if line.call_owed:
        return gettext("Call owed")
    return str(CallResult(line.calls[-1].result).label) if line.calls else ""


def room_words(held: Holds | None, session: Session, language: str | None = None) -> str:
    """The room, or the group whose room it shares for the night."""
    if session.joins is not None:
        return gettext("with %(group)s") % {"group": say(session.joins.series.names, language)}
    return say(held.room, language) if held and held.room else gettext("no room yet")


def leader_words(held: Holds | None) -> str:
    return leading(*held.leaders) if held else leading()


def leading(*leaders: str) -> str:
    """Who leads, by first names."""
    names = [name.split()[0] for name in leaders]
    return and_list(names) if names else gettext("nobody leads it yet")


def session_state(session: Session, now: datetime) -> tuple["Promise | str", str]:
    """One word and its tone."""
    return state_of(session.status, session.cancel_reason, session.starts_at <= now, session.ends_at <= now)


def state_of(status: str, cancel_reason: str, begun: bool, over: bool) -> tuple["Promise | str", str]:
    if status == "cancelled":
        why = CancelReason(cancel_reason).label if cancel_reason else ""
        return why or MACHINE.status("cancelled").label, "plain"
    if over:
        return gettext("Over"), "plain"
    if begun:
        return gettext("Under way"), "leaf"
    if status == "moved":
        return MACHINE.status("moved").label, "citrus"
    return gettext("Later"), "dusk"


def when(session: Session, now: datetime, zone: tzinfo) -> str:
    """ "Today, 5:30 to 7:00 pm"."""
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return f"{relative_day(starts.date(), now.astimezone(zone).date())}, {time_span(starts, ends)}"


def people_words(number: int) -> str:
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}


def joined(parts: Iterable[object]) -> str:
    """Parts of a small line, with a dot between them."""
    return " · ".join(str(part) for part in parts if part)


def name_of(session: Session) -> str:
    return say(session.series.names)


def call_line(call: Call, zone: tzinfo) -> tuple[str, "Promise | str", str]:
    """When, how it went, what was noted."""
    at = call.at.astimezone(zone)
    return f"{day_heading(at.date())}, {spoken_time(at.time())}", CallResult(call.result).label, call.note
