"""The week of the program as a picture, a list and a table, with the tracks beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_heading
from trellis.journey.schedule.presenters import words
from trellis.journey.schedule.queries import ProgramWeek, TrackPlaces
from trellis.journey.schedule.queries.program import PlannedSession
from trellis.journey.schedule.rules.timetable import Place, Slot, Timetable, timetable
from trellis.journey.schedule.week_words import time_span, week_title
from trellis.ui.words import clock_mark

NEEDS_LEADER = _("Needs a leader")
NEEDS_ROOM = _("Needs a room")
DAY_ENDS = 24 * 60


def lacks(one: PlannedSession, now: datetime) -> "Promise | str":
    """What a session that is still to come lacks."""
    if one.session.status == "cancelled" or one.session.ends_at <= now:
        return ""
    if not one.holds.leaders:
        return NEEDS_LEADER
    if not one.holds.room and not one.session.joins_id:
        return NEEDS_ROOM
    return ""


@dataclass(frozen=True)
class WeekGroup:
    one: PlannedSession
    now: datetime
    zone: tzinfo
    place: Place

    @property
    def public_id(self) -> str:
        return self.one.session.public_id

    @property
    def name(self) -> str:
        return say(self.one.session.series.names)

    @property
    def time(self) -> str:
        session = self.one.session
        said = time_span(session.starts_at.astimezone(self.zone), session.ends_at.astimezone(self.zone))
        return said.replace(" m.", "\u00a0m.")  # "p. m." is never parted

    @property
    def room(self) -> str:
        return words.room_words(self.one.holds, self.one.session)

    @property
    def leaders(self) -> str:
        return words.leader_words(self.one.holds)

    @property
    def detail(self) -> str:
        return "" if self.off else words.joined([self.room, self.leaders])

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

    @property
    def look(self) -> str:
        """Classes: where it stands in the picture, and whether it takes place."""
        state = " off" if self.off else " lacks" if self.lacks else ""
        return f"c{self.place.column} s{self.place.span} l{self.place.lane}{state}"


@dataclass(frozen=True)
class WeekDay:
    name: str
    is_today: bool
    groups: list[WeekGroup]


@dataclass(frozen=True)
class TrackCard:
    one: TrackPlaces

    @property
    def name(self) -> str:
        return say(self.one.track.names)

    @property
    def taken(self) -> str:
        values = {"taken": self.one.places.taken, "all": self.one.places.capacity}
        return gettext("%(taken)d of %(all)d places taken") % values

    @property
    def waits(self) -> str:
        if not self.one.waiting:
            return gettext("Nobody waits")
        return ngettext("One person waits", "%(number)d people wait", self.one.waiting) % {"number": self.one.waiting}


@dataclass(frozen=True)
class Filter:
    name: "Promise | str"
    url: str
    chosen: bool


@dataclass(frozen=True)
class WeekPage:
    found: ProgramWeek
    now: datetime
    zone: tzinfo
    tracks: Sequence[TrackPlaces]
    tracks_of: Mapping[int, set[str]]
    #: the key of the one track that is shown, or ""
    track: str

    @cached_property
    def shown(self) -> list[PlannedSession]:
        if not self.track:
            return self.found.sessions
        return [one for one in self.found.sessions if self.track in self.tracks_of.get(one.session.series_id, ())]

    @cached_property
    def drawn(self) -> Timetable:
        return timetable(self._slots())

    def _slots(self) -> Iterable[Slot]:
        for one in self.shown:
            starts = one.session.starts_at.astimezone(self.zone)
            start = starts.hour * 60 + starts.minute
            length = int((one.session.ends_at - one.session.starts_at).total_seconds()) // 60
            yield Slot(one.session.pk, starts.weekday(), start, min(start + length, DAY_ENDS))

    @property
    def marks(self) -> list[tuple[int, str]]:
        return [(column, clock_mark(minute)) for column, minute in self.drawn.marks]

    @property
    def breaks(self) -> list[tuple[int, int]]:
        """Column and width of the hours that are left out."""
        return [(first, last - first + 1) for first, last in self.drawn.breaks]

    @cached_property
    def days(self) -> list[WeekDay]:
        today = self.now.astimezone(self.zone).date()
        shown = {one.session.pk for one in self.shown}
        days = [
            WeekDay(day_heading(day), day == today, [self._group(one) for one in groups if one.session.pk in shown])
            for day, groups in self.found.days.items()
        ]
        return [day for day in days if day.groups]

    def _group(self, one: PlannedSession) -> WeekGroup:
        return WeekGroup(one, self.now, self.zone, self.drawn.places[one.session.pk])

    @property
    def title(self) -> str:
        return week_title(self.found.week.start, self.found.week.end)

    @property
    def lacking(self) -> int:
        return sum(bool(lacks(one, self.now)) for one in self.shown)

    @property
    def heading(self) -> str:
        if not self.lacking:
            return gettext("Every group has a room and a leader")
        return ngettext(
            "One group lacks a room or a leader", "%(number)d groups lack a room or a leader", self.lacking
        ) % {"number": self.lacking}  # fmt: skip

    # --- where else the page leads ------------------------------------------------------------------------------------

    @property
    def filters(self) -> list[Filter]:
        every = Filter(_("All tracks"), self._address(self.found.week.start, ""), not self.track)
        week = self.found.week.start
        return [every] + [
            Filter(say(one.track.names), self._address(week, one.track.key), one.track.key == self.track)
            for one in self.tracks
        ]

    @property
    def before(self) -> str:
        return self._address(self.found.week.start - timedelta(days=7), self.track)

    @property
    def after(self) -> str:
        return self._address(self.found.week.start + timedelta(days=7), self.track)

    @property
    def this(self) -> str:
        """The week of today, where another one is shown."""
        today = self.now.astimezone(self.zone).date()
        return "" if today in self.found.week else self._address(today, self.track)

    def _address(self, day: date, track: str) -> str:
        query = {"week": day.isoformat()} | ({"track": track} if track else {})
        return f"{reverse('schedule:week')}?{urlencode(query)}"

    @property
    def cards(self) -> list[TrackCard]:
        return [TrackCard(one) for one in self.tracks if self.track in ("", one.track.key)]
