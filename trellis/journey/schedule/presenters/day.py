"""The day sheet of the front desk: who is expected, who came, whom we owe a call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record import crypto
from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_heading, day_words
from trellis.journey.schedule.presenters import drawn, words
from trellis.journey.schedule.presenters.desk import SOME_CLIENT, Desk, Lines, Row
from trellis.journey.schedule.queries import DaySession, RosterLine
from trellis.journey.schedule.queries.sheet import MOST_NAMED as MOST_CALLS
from trellis.journey.schedule.queries.sheet import Owed
from trellis.journey.schedule.states import CallResult
from trellis.journey.schedule.week_words import relative_day
from trellis.ui.words import in_line

MOST_NAMED = 12

# Found by makemessages here, said by Desk.
UNTIL = gettext_noop("until %(time)s")
NO_LEADER = gettext_noop("Needs a leader")
HERE = gettext_noop("%(here)d of %(expected)d here")

# --- one session ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SheetSession:
    one: DaySession
    desk: Desk

    @cached_property
    def now(self) -> datetime:
        return self.desk.now

    @cached_property
    def public_id(self) -> str:
        return self.one.session.public_id

    @property
    def url(self) -> str:
        return self.desk.session_url(self.public_id)

    @cached_property
    def name(self) -> str:
        return say(self.one.session.series.names, self.desk.language)

    @cached_property
    def starts(self) -> str:
        return self.desk.clock(self.one.session.starts_at)

    @property
    def drawn(self) -> str:
        word, tone = self.state
        head = drawn.Head(self.public_id, self.url, self.starts, self.name, self.place, self.count, tone, word)
        return drawn.session(
            head, self.desk.lines.drawn(self.rows), nobody=not self.one.lines and not self.one.cancelled
        )

    @property
    def place(self) -> str:
        until = self.desk.once(gettext, UNTIL) % {"time": self.desk.clock(self.one.session.ends_at)}
        if self.one.cancelled:
            return until
        held, session = self.one.holds, self.one.session
        room, leaders = (
            words.room_words(held, session, self.desk.language),
            self.desk.once(words.leading, *held.leaders),
        )
        return words.joined([until, room, leaders])

    @property
    def state(self) -> tuple["Promise | str", str]:
        if not self.one.cancelled and not self.over and not self.one.holds.leaders:
            return self.desk.once(gettext, NO_LEADER), "rose"
        session = self.one.session
        return self.desk.once(words.state_of, session.status, session.cancel_reason, self.begun, self.over)

    @property
    def begun(self) -> bool:
        return self.one.session.starts_at <= self.now

    @property
    def over(self) -> bool:
        return self.one.session.ends_at <= self.now

    @cached_property
    def open(self) -> bool:
        """Arrivals are marked on the day, until the group is over."""
        return not self.one.cancelled and not self.over and self._day(self.one.session.starts_at) == self._day(self.now)

    def _day(self, instant: datetime) -> date:
        return instant.astimezone(self.desk.zone).date()

    @cached_property
    def rows(self) -> list[Row]:
        return [] if self.one.cancelled else [self.row(line) for line in self.one.lines]

    @cached_property
    def alone(self) -> bool:
        """The hour of one client: its line says when and where, so that it needs no list of its own."""
        return self.one.session.series.personal

    def row(self, line: RosterLine) -> Row:
        tone, word = self.desk.state(line, self.one.session)
        notes = self.desk.notes(line, self.one.session)
        if self.alone:
            notes = words.joined([self.starts, self.place, notes])
        client, (before, after) = line.public_id, self._address
        return Row(
            f"{self.public_id}-{client}", f"{before}{client}{after}", line.name, tone, word, self._act(line), notes
        )

    @cached_property
    def _address(self) -> tuple[str, str]:
        """What stands before and after a client in the address of a line."""
        return self.desk.line_url(self.public_id, SOME_CLIENT).split(SOME_CLIENT)  # type: ignore[return-value]

    def _act(self, line: RosterLine) -> str:
        if not self.open or line.away or line.seated:
            return ""
        return "gone" if line.arrived_at else "arrive"

    @property
    def count(self) -> str:
        """How many are here: confirmed by the room, or seen at the desk."""
        here = self.one.came
        expected = self.one.expected
        if self.one.cancelled or not (self.begun or here):
            return self.desk.once(words.people_words, expected)
        return self.desk.once(gettext, HERE) % {"here": here, "expected": expected}

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
    owed: Owed
    today: date
    desk: Desk

    @property
    def id(self) -> str:
        return f"{self.owed.session}-{self.owed.client}"

    @property
    def url(self) -> str:
        return self.desk.line_url(self.owed.session, self.owed.client)

    @property
    def missed(self) -> str:
        """ "Skills group · Today, 5:30 pm"."""
        starts = self.owed.starts_at
        day = self.desk.once(relative_day, starts.astimezone(self.desk.zone).date(), self.today)
        return f"{say(self.owed.group, self.desk.language)} · {in_line(day)}, {self.desk.clock(starts)}"

    @property
    def line(self) -> drawn.CallLine:
        owed = self.owed
        results = self.desk.once(call_results, bool(owed.telephone), owed.may_leave_message)
        return drawn.CallLine(
            self.id, self.url, owed.name, owed.telephone, self.missed, self._safely(), self._when_and_how(), results
        )

    def _when_and_how(self) -> str:
        """With the word by which they and whoever calls know each other."""
        if not self.owed.safe_word_sealed:
            return self.owed.safe_times
        word = gettext("Word for calls: %(word)s") % {"word": crypto.unseal(self.owed.safe_word_sealed)}
        return words.joined([self.owed.safe_times, word])

    def _safely(self) -> str:
        return self.desk.once(safely, self.owed.may_leave_message, self.owed.may_text, self.owed.language)


def safely(may_leave_message: bool, may_text: bool, language: str) -> str:
    return words.joined([
        gettext("We may leave a message") if may_leave_message else gettext("Leave no message"),
        gettext("a text is fine") if may_text else gettext("no text"),
        dict(settings.LANGUAGES).get(language, ""),
    ])  # fmt: skip


def call_results(telephone: bool, message: bool) -> list[tuple[str, str]]:
    """What can have come of a call, as values and words: no message is left where none may be."""
    hidden = set() if message else {CallResult.LEFT_MESSAGE}
    if not telephone:
        hidden = {CallResult.LEFT_MESSAGE, CallResult.NO_ANSWER, CallResult.REACHED}
    return [(one.value, str(one.label)) for one in CallResult if one not in hidden]


# --- the sheet --------------------------------------------------------------------------------------------------------


class Part(NamedTuple):
    key: str
    title: "Promise | str"
    drawn: SafeString


def _part(key: str, title: "Promise | str", sessions: Iterable[SheetSession]) -> Part:
    """Groups each with their list; individual hours share one."""
    sessions = list(sessions)
    boxes = [one.drawn for one in sessions if not one.alone]
    hours = [row for one in sessions if one.alone for row in one.rows]
    if hours:
        boxes.append(drawn.hours(key, Lines().drawn(hours)))
    return Part(key, title, SafeString("\n".join(boxes)))


@dataclass(frozen=True)
class DaySheet:
    day: date
    found: Sequence[DaySession]
    owed: Sequence[Owed]
    now: datetime
    zone: tzinfo

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.now, self.zone)

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
        return f"{day_heading(self.day)}, {self.desk.clock(self.now)}"

    @cached_property
    def sessions(self) -> list[SheetSession]:
        return [SheetSession(one, self.desk) for one in self.found]

    @cached_property
    def parts(self) -> list[Part]:
        """Today opens at what is on or next; what is over comes last. Another day is in the order of the clock."""
        if not self.is_today:
            return [_part("day", "", self.sessions)] if self.sessions else []
        ahead = [one for one in self.sessions if not one.begun]
        first = ahead[0].one.session.starts_at if ahead else None
        parts = (
            _part("now", _("On now"), [one for one in self.sessions if one.begun and not one.over]),
            _part("next", _("Next"), [one for one in ahead if one.one.session.starts_at == first]),
            _part("later", _("Later today"), [one for one in ahead if one.one.session.starts_at != first]),
            _part("earlier", _("Earlier today"), [one for one in self.sessions if one.over]),
        )
        return [part for part in parts if part.drawn]

    @property
    def calls(self) -> SafeString:
        return drawn.calls(OwedCall(owed, self.today, self.desk).line for owed in self.owed)

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
        if self.owed:
            return self.owed_words
        return self._quiet()

    @property
    def lede(self) -> str:
        """The second thing that matters, where there are two."""
        return self.owed_words if self.missing and self.owed else ""

    @property
    def owed_words(self) -> str:
        number = len(self.owed)
        if number >= MOST_CALLS:
            return gettext("%(number)d calls or more are owed") % {"number": number}
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
    def query(self) -> str:
        """What an address needs to come back to this day."""
        return "" if self.is_today else f"?day={self.day.isoformat()}"

    @property
    def before(self) -> str:
        return (self.day - timedelta(days=1)).isoformat()

    @property
    def after(self) -> str:
        return (self.day + timedelta(days=1)).isoformat()

    def session(self, public_id: str) -> SheetSession | None:
        return next((one for one in self.sessions if one.public_id == public_id), None)
