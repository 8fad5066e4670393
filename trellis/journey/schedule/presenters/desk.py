"""Lines of the day sheet: one person in one group as the front desk sees them. No clinical text."""

import html
from collections.abc import Callable, Iterable
from datetime import datetime, time, tzinfo
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_noop

from trellis.journey.schedule.models import Session
from trellis.journey.schedule.presenters import words
from trellis.journey.schedule.queries import RosterLine
from trellis.journey.schedule.queries.lines import MarkRow
from trellis.journey.schedule.states import CallResult, Mark, NoticeKind, NotSeatedWhy, WayHome
from trellis.ui.words import spoken_time

T = TypeVar("T")
#: names and words come again from day to day
esc = lru_cache(maxsize=4096)(html.escape)


class Row(NamedTuple):
    id: str
    url: str
    name: str
    tone: str
    word: str
    act: str  # the name of its button, or ""
    notes: str


class Lines:
    """Draws lines by hand: hundreds stand on one page, and a template takes ten times as long for each."""

    def __init__(self, *, oob: str = "", focus: str = "") -> None:
        """`oob` and `focus` are attributes for a line that is sent alone and puts itself in its place."""
        self.oob, self.focus = oob, focus
        self.acts = {"arrive": esc(gettext("Is here")), "gone": esc(gettext("Undo"))}

    def drawn(self, rows: Iterable[Row]) -> SafeString:
        """A list, or "" where nobody stands in it."""
        lines = "\n".join(map(self.one, rows))
        return SafeString(f'<ul class="day-lines">\n{lines}\n</ul>' if lines else "")

    def one(self, row: Row) -> SafeString:
        id_, url, name, tone, word, act, notes = row
        name = esc(name)
        button = (
            f'<button name="{act}" value="{id_}"{self.focus}>{self.acts[act]}<i> {name}</i></button>' if act else ""
        )
        small = f"<small>{esc(notes)}</small>" if notes else ""
        chip = f'<b class="chip chip-{tone}">{esc(word)}</b>'
        return SafeString(f'<li id="{id_}"{self.oob}><a href="{url}">{name}</a>{chip}{button}{small}</li>')


class Desk:
    """What the desk says about lines, in the language of this request. Each sentence is looked up once, however many
    lines say it."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self.now, self.zone, self.language = now, zone, get_language()
        self._said: dict[tuple[object, ...], Any] = {}

    def state(self, line: RosterLine, session: Session) -> tuple[str, str]:
        """Tone and word of one person."""
        mark = line.mark
        if mark is not None:
            owed = mark.state == Mark.ABSENT and line.call_owed
            return ("gold" if owed else words.TONES[mark.state]), self._mark(line, mark, owed)
        if line.away:
            return "citrus", self.once(_label, NotSeatedWhy, line.away.why)
        if line.arrived_at:
            return "leaf", self._at(ARRIVED, line.arrived_at)
        if line.on_leave:
            return "citrus", self.once(gettext, AWAY)
        return self._waited_for(line, session)

    def _mark(self, line: RosterLine, mark: MarkRow, owed: bool) -> str:
        if owed:
            return self.once(gettext, CALL_OWED)
        return self.once(words.mark_words, mark.state, mark.late, mark.left_early)

    def _waited_for(self, line: RosterLine, session: Session) -> tuple[str, str]:
        told = line.told[-1] if line.told else None
        if told and told.kind == NoticeKind.CANNOT_COME:
            return "citrus", self.once(gettext, CANNOT_COME)
        if session.ends_at <= self.now:
            return "dusk", self.once(gettext, NOT_MARKED)
        if told:
            return "gold", self.once(gettext, LATE) % {"minutes": told.minutes}
        begun = session.starts_at <= self.now
        return ("gold", self.once(gettext, NOT_HERE)) if begun else ("plain", self.once(gettext, EXPECTED))

    def notes(self, line: RosterLine, session: Session) -> str:
        """What stands beside the word; never a reason, and never what a client wrote."""
        if not (line.arrived_at or line.told or line.back_at or line.away or line.calls or line.added):
            return ""
        found: list[object] = []
        if line.added:
            found.append(self.once(gettext, ADDED))
        if line.arrived_at and (line.marks or line.away):
            found.append(self._at(ARRIVED, line.arrived_at))
        if line.told:
            found.append(self._told(line, session))
        elif line.back_at:
            found.append(self._at(COMES, line.back_at))
        if line.away:
            found.append(self.once(_label, WayHome, line.away.way_home))
        if line.calls:
            found.append(self.once(gettext, CALL) % {"result": self.once(_label, CallResult, line.calls[-1].result)})
        return words.joined(found)

    def _told(self, line: RosterLine, session: Session) -> str:
        """When they told us; what they told stands above where the word is about that."""
        stands_above = not (line.marks or line.away or line.arrived_at or line.on_leave or session.ends_at <= self.now)
        told = line.told[-1]
        return self._at(TOLD, told.at) if stands_above else words.told_words(told, self.zone)

    @cached_property
    def lines(self) -> Lines:
        return Lines()

    def session_url(self, session: str) -> str:
        return self._addresses[0].replace(SOME_SESSION, session)

    def line_url(self, session: str, client: str) -> str:
        return self._addresses[1].replace(SOME_SESSION, session).replace(SOME_CLIENT, client)

    @cached_property
    def _addresses(self) -> tuple[str, str]:
        # Asking the URLconf for each of hundreds of addresses would take longer than all the rest.
        session = reverse("schedule:session", args=[SOME_SESSION])
        return session, reverse("schedule:line", args=[SOME_SESSION, SOME_CLIENT])

    def clock(self, instant: datetime) -> str:
        at = instant.astimezone(self.zone)
        return self.once(_spoken_clock, at.hour, at.minute)

    def _at(self, sentence: str, instant: datetime) -> str:
        return self.once(gettext, sentence) % {"time": self.clock(instant)}

    def once(self, make: Callable[..., T], *given: object) -> T:
        """What `make` says of these; asked once."""
        key = (make, *given)
        if key not in self._said:
            self._said[key] = make(*given)
        return self._said[key]  # type: ignore[no-any-return]


def _spoken_clock(hour: int, minute: int) -> str:
    return spoken_time(time(hour, minute))


def _label(choices: type[TextChoices], value: str) -> str:
    return str(choices(value).label)


SOME_SESSION, SOME_CLIENT = "SESSION", "CLIENT"

# Found by makemessages here, said by Desk.
ARRIVED = gettext_noop("Arrived %(time)s")
AWAY = gettext_noop("Away")
CALL_OWED = gettext_noop("Call owed")
CANNOT_COME = gettext_noop("Cannot come")
NOT_MARKED = gettext_noop("Not marked yet")
LATE = gettext_noop("About %(minutes)d min late")
NOT_HERE = gettext_noop("Not here yet")
EXPECTED = gettext_noop("Expected")
TOLD = gettext_noop("Told us at %(time)s")
COMES = gettext_noop("Told us at %(time)s: comes after all")
ADDED = gettext_noop("Added for this group")
CALL = gettext_noop("Call: %(result)s")
