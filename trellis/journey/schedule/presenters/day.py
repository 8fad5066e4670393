"""The day sheet of the front desk: who is expected, who came, whom we owe a call. No clinical text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_words
from trellis.journey.schedule.models import Attendance
from trellis.journey.schedule.presenters import words
from trellis.journey.schedule.queries import DaySession, RosterLine
from trellis.journey.schedule.states import SEATED, CallResult, Mark, NoticeKind, NotSeatedWhy, WayHome
from trellis.journey.schedule.week_words import relative_day
from trellis.ui.words import spoken_time

MOST_NAMED = 12

# --- one line ---------------------------------------------------------------------------------------------------------


class Row(NamedTuple):
    """A line as its template takes it apart: hundreds stand on one page, so each is a few plain words."""

    id: str
    url: str
    name: str
    tone: str
    word: "Promise | str"
    act: str  # the name of its button, or ""
    notes: str


def line_state(line: RosterLine, now: datetime, begins: datetime, ends: datetime, zone: tzinfo) -> tuple[str, "Promise | str"]:
    """Tone and word of one person as the desk sees them."""
    mark = line.mark
    if mark is not None:
        owed = mark.state == Mark.ABSENT and line.call_owed
        return ("gold", words.call_words(line)) if owed else (words.TONES[mark.state], words.state_words(line))
    if line.away:
        return "citrus", NotSeatedWhy(line.away.why).label
    if line.arrived_at:
        return "leaf", gettext("Arrived %(time)s") % {"time": _clock(line.arrived_at, zone)}
    if line.on_leave:
        return "citrus", AWAY
    if line.notice and line.notice.kind == NoticeKind.CANNOT_COME:
        return "citrus", CANNOT_COME
    if ends <= now:
        return "dusk", NOT_MARKED
    if line.notice:
        return "gold", gettext("About %(minutes)d min late") % {"minutes": line.notice.minutes}
    return ("gold", NOT_HERE) if begins <= now else ("plain", EXPECTED)


AWAY = _("Away")
CANNOT_COME = _("Cannot come")
NOT_MARKED = _("Not marked yet")
EXPECTED = _("Expected")
NOT_HERE = _("Not here yet")


def desk_notes(line: RosterLine, zone: tzinfo) -> str:
    """What the desk should know beside the word; never a reason, and never what a client wrote."""
    found: list[object] = []
    if line.added:
        found.append(gettext("Added for this group"))
    if line.arrived_at and (line.marks or line.away):
        found.append(gettext("Arrived %(time)s") % {"time": _clock(line.arrived_at, zone)})
    if line.told:
        found.append(words.told_words(line.told[-1], zone))
    if line.away:
        found.append(WayHome(line.away.way_home).label)
    if line.calls:
        found.append(gettext("Call: %(result)s") % {"result": CallResult(line.calls[-1].result).label})
    return words.joined(found)


def _clock(instant: datetime, zone: tzinfo) -> str:
    return spoken_time(instant.astimezone(zone).time())


# --- one session ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SheetSession:
    one: DaySession
    now: datetime
    zone: tzinfo

    @property
    def public_id(self) -> str:
        return self.one.session.public_id

    @property
    def url(self) -> str:
        return reverse("schedule:session", args=[self.public_id])

    @property
    def name(self) -> str:
        return say(self.one.session.series.names)

    @property
    def starts(self) -> str:
        return _clock(self.one.session.starts_at, self.zone)

    @property
    def place(self) -> str:
        until = gettext("until %(time)s") % {"time": _clock(self.one.session.ends_at, self.zone)}
        held, session = self.one.holds, self.one.session
        return words.joined([until, words.room_words(held, session), words.leader_words(held)])

    @property
    def state(self) -> tuple["Promise | str", str]:
        if not self.one.cancelled and not self.over and not self.one.holds.leaders:
            return gettext("Needs a leader"), "rose"
        return words.session_state(self.one.session, self.now)

    @property
    def begun(self) -> bool:
        return self.one.session.starts_at <= self.now

    @property
    def over(self) -> bool:
        return self.one.session.ends_at <= self.now

    @cached_property
    def open(self) -> bool:
        """Arrivals are marked on the day, until the group is over."""
        session, today = self.one.session, self.now.astimezone(self.zone).date()
        return not self.one.cancelled and not self.over and session.starts_at.astimezone(self.zone).date() == today

    @cached_property
    def people_url(self) -> str:
        """Where the addresses of its lines begin; looked up once a session, not once a line."""
        return self.url + "people/"

    @cached_property
    def rows(self) -> list[Row]:
        if self.one.cancelled:
            return []
        return [self.row(line) for line in self.one.lines]

    def row(self, line: RosterLine) -> Row:
        session, client = self.one.session, line.public_id
        tone, word = line_state(line, self.now, session.starts_at, session.ends_at, self.zone)
        return Row(
            f"{session.public_id}-{client}", f"{self.people_url}{client}/", line.name, tone, word, self._act(line),
            desk_notes(line, self.zone),
        )  # fmt: skip

    def _act(self, line: RosterLine) -> str:
        if not self.open or line.state in SEATED or line.away:
            return ""
        return "gone" if line.arrived_at else "arrive"

    @property
    def count(self) -> str:
        """How many are here: confirmed by the room, or seen at the desk."""
        here = sum(line.state in SEATED or (not line.marks and bool(line.arrived_at)) for line in self.one.lines)
        values = {"here": here, "expected": self.one.expected}
        if self.one.cancelled or not (self.begun or here):
            return words.people_words(self.one.expected)
        return gettext("%(here)d of %(expected)d here") % values

    @cached_property
    def missing(self) -> list[RosterLine]:
        """Expected by now; no sign and no word of them."""
        if self.one.cancelled or self.over or not self.begun:
            return []
        return [line for line in self.one.lines if line.missing and not line.told]

    def line(self, client: str) -> RosterLine | None:
        return next((line for line in self.one.lines if line.public_id == client), None)


# --- a call that is owed ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OwedCall:
    absence: Attendance
    today: date
    zone: tzinfo

    @property
    def id(self) -> str:
        return f"{self.absence.session.public_id}-{self.absence.client.public_id}"

    @property
    def name(self) -> str:
        return self.absence.client.chosen_name

    @property
    def url(self) -> str:
        return reverse("schedule:line", args=[self.absence.session.public_id, self.absence.client.public_id])

    @property
    def missed(self) -> str:
        """ "Skills group, today 5:30 pm"."""
        starts = self.absence.session.starts_at.astimezone(self.zone)
        day = relative_day(starts.date(), self.today)
        return f"{say(self.absence.session.series.names)}, {day} {spoken_time(starts.time())}"

    @property
    def telephone(self) -> str:
        return self.absence.client.telephone

    @property
    def safely(self) -> str:
        client = self.absence.client
        return words.joined([
            gettext("We may leave a message") if client.may_leave_message else gettext("Leave no message"),
            gettext("a text is fine") if client.may_text else gettext("no text"),
            client.get_language_display(),
        ])  # fmt: skip

    @property
    def times(self) -> str:
        return self.absence.client.safe_times

    @property
    def results(self) -> list[tuple[str, "Promise | str"]]:
        """What can have come of it: no message is left where none may be."""
        client = self.absence.client
        hidden = set() if client.may_leave_message else {CallResult.LEFT_MESSAGE}
        if not client.telephone:
            hidden = {CallResult.LEFT_MESSAGE, CallResult.NO_ANSWER}
        return [(result.value, result.label) for result in CallResult if result not in hidden]


# --- the sheet --------------------------------------------------------------------------------------------------------


class Part(NamedTuple):
    key: str
    title: "Promise | str"
    sessions: list[SheetSession]


@dataclass(frozen=True)
class DaySheet:
    day: date
    found: Sequence[DaySession]
    owed: Sequence[Attendance]
    now: datetime
    zone: tzinfo

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def kicker(self) -> str:
        if not self.is_today:
            return words.joined([relative_day(self.day, self.today), day_words(self.day)])
        return f"{day_words(self.day)}, {_clock(self.now, self.zone)}"

    @cached_property
    def sessions(self) -> list[SheetSession]:
        return [SheetSession(one, self.now, self.zone) for one in self.found]

    @cached_property
    def parts(self) -> list[Part]:
        """Today opens at what is on or next; what is over comes last. Another day is in the order of the clock."""
        if not self.is_today:
            return [Part("day", "", self.sessions)] if self.sessions else []
        ahead = [one for one in self.sessions if not one.begun]
        first = ahead[0].one.session.starts_at if ahead else None
        parts = (
            Part("now", _("On now"), [one for one in self.sessions if one.begun and not one.over]),
            Part("next", _("Next"), [one for one in ahead if one.one.session.starts_at == first]),
            Part("later", _("Later today"), [one for one in ahead if one.one.session.starts_at != first]),
            Part("earlier", _("Earlier today"), [one for one in self.sessions if one.over]),
        )
        return [part for part in parts if part.sessions]

    @cached_property
    def calls(self) -> list[OwedCall]:
        return [OwedCall(absence, self.today, self.zone) for absence in self.owed]

    @cached_property
    def missing(self) -> list[tuple[str, str, str]]:
        """Where the line stands, the name and the group of everybody who is not here yet."""
        return [
            (f"{one.public_id}-{line.public_id}", line.name, one.name) for one in self.sessions for line in one.missing
        ]

    @property
    def missing_named(self) -> list[tuple[str, str, str]]:
        return self.missing[:MOST_NAMED]

    @property
    def missing_more(self) -> int:
        return max(0, len(self.missing) - MOST_NAMED)

    @property
    def heading(self) -> str:
        """What matters now."""
        if self.missing:
            number = len(self.missing)
            return ngettext("One person is not here yet", "%(number)d people are not here yet", number) % {
                "number": number
            }
        if self.calls:
            return self.owed_words
        return self._quiet()

    @property
    def lede(self) -> str:
        """The second thing that matters, where there are two."""
        return self.owed_words if self.missing and self.calls else ""

    @property
    def owed_words(self) -> str:
        number = len(self.calls)
        return ngettext("One call is owed", "%(number)d calls are owed", number) % {"number": number}

    def _quiet(self) -> str:
        taking_place = [one for one in self.sessions if not one.one.cancelled]
        if not taking_place:
            return gettext("No groups on this day")
        if not self.is_today:
            number = len(taking_place)
            return ngettext("One group", "%(number)d groups", number) % {"number": number}
        if any(one.begun and not one.over for one in taking_place):
            return gettext("Everybody who is expected now is here")
        ahead = next((one for one in taking_place if not one.begun), None)
        if ahead is None:
            return gettext("Today’s groups are over")
        return gettext("Next: %(group)s at %(time)s") % {"group": ahead.name, "time": ahead.starts}

    @property
    def before(self) -> str:
        return (self.day - timedelta(days=1)).isoformat()

    @property
    def after(self) -> str:
        return (self.day + timedelta(days=1)).isoformat()

    def session(self, public_id: str) -> SheetSession | None:
        return next((one for one in self.sessions if one.public_id == public_id), None)


