"""One person in one session, as the desk or the room sees them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext

from trellis.journey.schedule.models import Session
from trellis.journey.schedule.presenters import words
from trellis.journey.schedule.presenters.desk import Desk
from trellis.journey.schedule.queries import RosterLine
from trellis.journey.schedule.queries.lines import Told
from trellis.journey.schedule.states import CallResult, Mark, NotSeatedWhy, WayHome
from trellis.ui.words import spoken_time


@dataclass(frozen=True)
class Fact:
    at: datetime
    time: str
    what: "Promise | str"
    #: a word more, such as the note of a call
    more: str = ""


@dataclass(frozen=True)
class LinePage:
    session: Session
    line: RosterLine
    now: datetime
    zone: tzinfo

    @property
    def group(self) -> str:
        return words.name_of(self.session)

    @property
    def when(self) -> str:
        return words.when(self.session, self.now, self.zone)

    @property
    def over(self) -> bool:
        return self.session.ends_at <= self.now

    @property
    def cancelled(self) -> bool:
        return self.session.status == "cancelled"

    @property
    def state(self) -> tuple[str, str]:
        return Desk(self.now, self.zone).state(self.line, self.session)

    @property
    def can_arrive(self) -> bool:
        return not (self.over or self.cancelled or self.line.seated or self.line.away)

    @property
    def facts(self) -> list[Fact]:
        """What is on record about this person and this group, oldest first; reasons are the room's."""
        return sorted(self._facts(), key=lambda fact: fact.at)

    def _facts(self) -> Iterator[Fact]:
        for told in self.line.told:
            yield self._fact(told.at, _told(told))
        for told in self.line.taken_back:
            yield self._fact(told.at, _told(told), gettext("taken back"))
        if self.line.back_at:
            yield self._fact(self.line.back_at, gettext("Told us: comes after all"))
        if self.line.arrived_at:
            yield self._fact(self.line.arrived_at, gettext("Arrived"))
        for mark in self.line.marks:
            taken_back = gettext("taken back") if mark.undone else ""
            label = Mark(mark.state).label
            yield self._fact(mark.recorded_at, gettext("Marked in the room: %(mark)s") % {"mark": label}, taken_back)
        if away := self.line.away:
            more = words.joined([WayHome(away.way_home).label, away.note])
            yield self._fact(
                away.at, gettext("Came, not seated: %(why)s") % {"why": NotSeatedWhy(away.why).label}, more
            )
        for call in self.line.calls:
            label = CallResult(call.result).label
            yield self._fact(call.at, gettext("Call: %(result)s") % {"result": label}, call.note)

    def _fact(self, at: datetime, what: "Promise | str", more: str = "") -> Fact:
        return Fact(at, spoken_time(at.astimezone(self.zone).time()), what, more)


def _told(told: Told) -> str:
    late = gettext("Told us: about %(minutes)d min late") % {"minutes": told.minutes}
    return late if told.kind == "late" else gettext("Told us: cannot come")
