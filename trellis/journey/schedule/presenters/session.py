"""One session, and my day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext

from trellis.foundation.program.models import Room
from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_heading, day_words
from trellis.journey.schedule.models import Session, SessionChange
from trellis.journey.schedule.presenters import words
from trellis.journey.schedule.presenters.week import lacks
from trellis.journey.schedule.queries import DaySession
from trellis.journey.schedule.queries.clashes import Clash, Taken
from trellis.journey.schedule.queries.program import PlannedSession
from trellis.journey.schedule.rules.marks import DOORS_OPEN
from trellis.journey.schedule.states import MACHINE, ChangeKind
from trellis.journey.schedule.week_words import and_list, day_in_a_sentence, relative_day
from trellis.people.staff.models import StaffMember
from trellis.ui.words import spoken_minutes, spoken_time

# --- one session ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChangeRow:
    when: str
    what: "Promise | str"
    by: str
    why: str


@dataclass(frozen=True)
class ClashRow:
    name: str
    public_id: str
    group: str


@dataclass(frozen=True)
class SessionPage:
    planned: PlannedSession
    changes: Sequence[SessionChange]
    names: Mapping[str, str]
    found: Sequence[Clash]
    now: datetime
    zone: tzinfo

    @property
    def session(self) -> Session:
        return self.planned.session

    @property
    def name(self) -> str:
        return words.name_of(self.session)

    @property
    def when(self) -> str:
        return words.when(self.session, self.now, self.zone)

    @property
    def rest(self) -> str:
        """Its break, which never counts."""
        minutes = self.session.break_minutes
        return gettext("with a break of %(minutes)s") % {"minutes": spoken_minutes(minutes)} if minutes else ""

    @property
    def state(self) -> tuple["Promise | str", str]:
        return words.session_state(self.session, self.now)

    @property
    def sentence(self) -> "Promise | str":
        return MACHINE.status(self.session.status).sentence

    @property
    def lacks(self) -> "Promise | str":
        return lacks(self.planned, self.now)

    @property
    def is_near(self) -> bool:
        """Its room is what somebody wants now: the doors are open, or the group is under way."""
        return self.session.starts_at - DOORS_OPEN <= self.now < self.session.ends_at and not self.lacks

    @property
    def lacks_leader(self) -> bool:
        return bool(self.lacks) and not self.planned.holds.leaders

    @property
    def lacks_room(self) -> bool:
        return bool(self.lacks) and not self.lacks_leader

    @property
    def room(self) -> str:
        return words.room_words(self.planned.holds, self.session)

    @property
    def leaders(self) -> str:
        return and_list(self.planned.holds.leaders) or gettext("nobody leads it yet")

    @property
    def places(self) -> str:
        values = {"expected": self.planned.expected, "places": self.session.series.capacity}
        return gettext("%(expected)d of %(places)d places") % values

    @property
    def clashes(self) -> list[ClashRow]:
        return self.clash_rows(self.found, self.zone)

    @staticmethod
    def clash_rows(found: Iterable[Clash], zone: tzinfo) -> list[ClashRow]:
        return [ClashRow(one.name, one.public_id, f"{say(one.group)}, {_clock(one.starts_at, zone)}") for one in found]

    @property
    def history(self) -> list[ChangeRow]:
        return [self._change(change) for change in self.changes]

    def _change(self, change: SessionChange) -> ChangeRow:
        at, was = change.recorded_at.astimezone(self.zone), ""
        if change.old_starts_at:
            old = change.old_starts_at.astimezone(self.zone).date()
            values = {"day": day_words(old), "time": _clock(change.old_starts_at, self.zone)}
            was = gettext("was %(day)s, %(time)s") % values
        return ChangeRow(
            f"{day_heading(at.date())}, {spoken_time(at.time())}", ChangeKind(change.kind).label,
            self.names.get(change.by, ""), words.joined([was, change.reason]),
        )  # fmt: skip


def _clock(instant: datetime, zone: tzinfo) -> str:
    return spoken_time(instant.astimezone(zone).time())


def room_label(taken: Taken) -> Callable[[Room], str]:
    """A room by name and, where somebody else has it at that time, who."""

    def label(room: Room) -> str:
        group = taken.rooms.get(room.pk)
        values = {"room": say(room.names), "group": say(group) if group else ""}
        return gettext("%(room)s, taken by %(group)s") % values if group else values["room"]

    return label


def leader_label(taken: Taken) -> Callable[[StaffMember], str]:
    def label(member: StaffMember) -> str:
        group = taken.staff.get(member.pk)
        values = {"name": member.chosen_name, "group": say(group) if group else ""}
        return gettext("%(name)s, leads %(group)s then") % values if group else member.chosen_name

    return label


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
    def day_said(self) -> str:
        """Inside a sentence."""
        starts = self.one.session.starts_at.astimezone(self.zone)
        return day_in_a_sentence(starts.date(), self.now.astimezone(self.zone).date())

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
