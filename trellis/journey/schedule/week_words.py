"""A week and a session in words for the person who comes: the same on their phone, on paper and at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_heading, day_words
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.queries import Holds
from trellis.journey.schedule.rules.week import Line, WeekLedger
from trellis.journey.schedule.states import Cut, LineState
from trellis.ui.vine import Leaf, LeafState, Vine, vine
from trellis.ui.words import Once, spoken_minutes, spoken_span, spoken_time

HOUR = timedelta(hours=1)

WORDS: dict[str, tuple["Promise | str", str]] = {
    LineState.PLANNED: (_("Planned"), "dusk"),
    LineState.ATTENDED: (_("You were here"), "leaf"),
    LineState.EXCUSED: (_("Excused"), "citrus"),
    LineState.ABSENT: (_("We missed you"), "plain"),
    LineState.NOT_SEATED: (_("You came by"), "plain"),
    LineState.CANNOT_COME: (_("You told us that you cannot come"), "citrus"),
    LineState.UNMARKED: (_("Not written down yet"), "dusk"),
}
CUTS: dict[str, "Promise | str"] = {
    Cut.START: _("Before your first day"),
    Cut.END: _("After your last day"),
    Cut.TRANSFER: _("Your groups changed"),
    Cut.HOLIDAY: _("Holiday"),
    Cut.LEAVE: _("You are away"),
    Cut.HOSPITAL: _("You are away"),
    Cut.JAIL: _("You are away"),
    Cut.CANCELLED: _("We cancelled it"),
}
LEAVES: dict[str, LeafState] = {
    LineState.ATTENDED: "attended",
    LineState.EXCUSED: "excused",
    LineState.CANNOT_COME: "excused",
    LineState.ABSENT: "missed",
    LineState.NOT_SEATED: "missed",
}


# --- one session ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SessionCard:
    session: Session
    name: str
    day: str
    time: str
    room: str
    leaders: str
    #: how soon: "Now, until 8:30 pm", "Next, in 25 min", "Next"
    soon: str
    is_on: bool


def session_card(session: Session, held: Holds | None, now: datetime, zone: tzinfo) -> SessionCard:
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return SessionCard(
        session=session,
        name=say(session.series.names),
        day=relative_day(starts.date(), now.astimezone(zone).date()),
        time=time_span(starts, ends),
        room=say(held.room) if held and held.room else "",
        leaders=and_list([name.split()[0] for name in held.leaders]) if held else "",
        soon=soon(starts, ends, now),
        is_on=starts <= now < ends,
    )


def day_in_a_sentence(day: date, today: date) -> str:
    """ "today", "tomorrow", "Monday, November 23"; in Spanish all of them lower case."""
    if day == today:
        return gettext("today")
    if day == today + timedelta(days=1):
        return gettext("tomorrow")
    return day_words(day)


def relative_day(day: date, today: date) -> str:
    """The same where a line begins: "Today"."""
    if day == today:
        return gettext("Today")
    if day == today + timedelta(days=1):
        return gettext("Tomorrow")
    return day_heading(day)


def time_span(starts: datetime, ends: datetime) -> str:
    return spoken_span((starts.time(), ends.time()))


def week_title(start: date, end: date) -> str:
    """ "Monday, November 23 to Sunday, November 29"."""
    return gettext("%(start)s to %(end)s") % {"start": day_heading(start), "end": day_words(end)}


def soon(starts: datetime, ends: datetime, now: datetime) -> str:
    if starts <= now:
        return gettext("Now, until %(end)s") % {"end": spoken_time(ends.time())}
    away = starts - now
    if away < HOUR:
        return gettext("Next, in %(minutes)d min") % {"minutes": max(1, away // timedelta(minutes=1))}
    if away < 12 * HOUR:
        hours = round(away / HOUR)
        return ngettext("Next, in %(hours)d hour", "Next, in %(hours)d hours", hours) % {"hours": hours}
    return gettext("Next")


def and_list(names: Sequence[str]) -> str:
    return get_text_list(list(names), gettext("and"))


# --- the week ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WeekLine:
    day: str
    time: str
    name: str
    word: str
    tone: str
    #: minutes attended of what happened, minutes planned of what is ahead
    length: str

    @property
    def detail(self) -> str:
        return f"{self.time} · {self.length}"


@dataclass(frozen=True)
class WeekView:
    title: str
    vine: Vine
    status: str
    lines: list[WeekLine]
    start: date
    end: date

    @property
    def days(self) -> list[tuple[str, list[WeekLine]]]:
        """The lines of each day that has any."""
        return [(day, list(lines)) for day, lines in groupby(self.lines, key=lambda line: line.day)]


class Said:
    """What a week says, each part put in words once: its groups meet on the same days, at the same hours."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self.now, self.zone, self.language = now, zone, get_language()
        self.days, self.hours, self.lengths = Once(day_heading), Once(spoken_time), Once(spoken_minutes)
        self.states = Once(lambda key: str(state_words(*key)[0]))
        self.spans = Once(spoken_span)

    def name(self, line: Line) -> str:
        return say(line.sitting.names, self.language)


def week_view(ledger: WeekLedger, now: datetime, zone: tzinfo) -> WeekView:
    said = Said(now, zone)
    return WeekView(
        title=week_title(ledger.start, ledger.end),
        vine=week_vine(ledger, said),
        status=status(ledger),
        lines=[week_line(line, said) for line in ledger.lines],
        start=ledger.start,
        end=ledger.end,
    )


def week_vine(ledger: WeekLedger, said: Said) -> Vine:
    """What was cut off stands in the list, not on the stem: it is nobody's missing leaf."""
    following = next((line for line in ledger.lines if is_ahead(line)), None)
    shown = [line for line in ledger.lines if line.cut is None and line.planned]
    leaves = [leaf(line, line is following, said) for line in shown]
    attended = sum(counted(line, said.now) for line in ledger.lines)
    return vine(leaves, attended=attended, planned=ledger.planned, enough=ledger.target)


def leaf(line: Line, following: bool, said: Said) -> Leaf:
    starts = line.sitting.starts_at.astimezone(said.zone)
    state = "next" if following else LEAVES.get(line.state, "planned")
    label = f"{said.days[starts.date()]}, {said.hours[starts.time()]}: {said.name(line)}"
    return Leaf(label, line.planned, state, counted(line, said.now), said.states[line.cut, line.state])


def is_ahead(line: Line) -> bool:
    return line.state == LineState.PLANNED and bool(line.planned)


def counted(line: Line, now: datetime) -> int:
    """Minutes that count toward the week. How many sat there is known at the end: until then each one counts."""
    if line.sitting.ends_at > now and line.sitting.counting.countable:
        return line.attended
    return line.countable


def week_line(line: Line, said: Said) -> WeekLine:
    sitting = line.sitting
    starts, ends = sitting.starts_at.astimezone(said.zone), sitting.ends_at.astimezone(said.zone)
    happened = sitting.ends_at <= said.now or bool(line.attended)
    return WeekLine(
        day=said.days[starts.date()],
        time=said.spans[starts.time(), ends.time()],
        name=said.name(line),
        word=said.states[line.cut, line.state],
        tone=state_words(line.cut, line.state)[1],
        length=said.lengths[counted(line, said.now) if happened else line.planned],
    )


def state_words(cut: str | None, state: str) -> tuple["Promise | str", str]:
    return WORDS[state] if cut is None else (CUTS[cut], "plain")


def status(ledger: WeekLedger) -> str:
    """One sentence about the week, never about a fault of the person."""
    shorter = ledger.target < ledger.enough and bool(ledger.cuts)
    first = gettext("This week is shorter, so less is enough.") if shorter else ""
    return " ".join(filter(None, [first, _outlook(ledger)]))


def _outlook(ledger: WeekLedger) -> str:
    if ledger.reached:
        return gettext("That is enough for this week.")
    if not ledger.short:
        return gettext("On track.")
    if ledger.short_by_absence:
        minutes = {"minutes": spoken_minutes(ledger.short)}
        return gettext("%(minutes)s can still be made up. Talk with us about how.") % minutes
    return gettext("Your groups this week hold less than that. We look at it together.")
