"""The group room."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from trellis.foundation.program.schema import Blueprint
from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_heading
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.presenters import words
from trellis.journey.schedule.queries import DaySession, GroupRoom, MakeUp, RosterLine
from trellis.journey.schedule.rules import marks
from trellis.journey.schedule.rules.places import SizeWarning
from trellis.journey.schedule.rules.week import WeekLedger
from trellis.journey.schedule.states import GuestKind, Mark
from trellis.journey.schedule.week_words import day_in_a_sentence
from trellis.people.clients.models import Client
from trellis.ui.vine import Leaf, Vine, vine
from trellis.ui.words import spoken_minutes, spoken_time

#: arrival or leaving, adjusted with one tap
QUICK_MINUTES = (5, 10, 15, 20, 30, 45, 60)
PRESSED = (
    ("present", Mark.PRESENT, _("Here")),
    ("late", Mark.LATE, pgettext_lazy("on a button", "Late")),
    ("absent", Mark.ABSENT, _("Absent")),
)
COUNTED = (
    Mark.PRESENT.value, Mark.VIDEO.value, Mark.LATE.value, Mark.LEFT_EARLY.value, "none", Mark.EXCUSED.value,
    Mark.ABSENT.value,
)  # fmt: skip
SIZES: tuple[SizeWarning, ...] = ("over_capacity", "below_minimum", "above_maximum")
LABELS: dict[str, "Promise | str"] = {"none": words.NOT_YET, **{mark.value: mark.label for mark in Mark}}


@dataclass(frozen=True)
class PersonRow:
    line: RosterLine
    session: Session
    zone: tzinfo
    form_key: str

    @property
    def state(self) -> str:
        return self.line.state

    @property
    def word(self) -> "Promise | str":
        return words.state_words(self.line)

    @property
    def tone(self) -> str:
        return words.tone(self.line)

    @property
    def detail(self) -> str:
        return words.joined([self.line.pronouns, *words.notes(self.line, self.zone)])

    @property
    def buttons(self) -> list[tuple[str, "Promise | str", bool]]:
        return [(name, label, self.state == state) for name, state, label in PRESSED]

    @property
    def minutes(self) -> int:
        mark = self.line.mark
        return (mark.late or mark.left_early) if mark else 0

    @property
    def has_minutes(self) -> bool:
        return self.state in (Mark.LATE, Mark.LEFT_EARLY)

    @property
    def written(self) -> str:
        """The client's own words: hidden until tapped."""
        return self.line.notice.words if self.line.notice else ""


@dataclass(frozen=True)
class GroupRows:
    one: DaySession
    is_guest: bool
    zone: tzinfo
    form_key: str

    @property
    def session(self) -> Session:
        return self.one.session

    @property
    def name(self) -> str:
        return say(self.session.series.names)

    @property
    def rows(self) -> list[PersonRow]:
        return [PersonRow(line, self.session, self.zone, self.form_key) for line in self.one.lines]


@dataclass(frozen=True)
class RoomView:
    room: GroupRoom
    now: datetime
    zone: tzinfo
    blueprint: Blueprint
    form_key: str

    @property
    def session(self) -> Session:
        return self.room.session

    @property
    def name(self) -> str:
        return say(self.session.series.names)

    @property
    def kicker(self) -> str:
        day = day_heading(self.session.starts_at.astimezone(self.zone).date())
        place = words.room_words(self.room.host.holds, self.session)
        return words.joined([day, place, words.leader_words(self.room.host.holds)])

    @property
    def clock(self) -> str:
        return spoken_time(self.now.astimezone(self.zone).time())

    @property
    def progress(self) -> str:
        """ "22 min in, ends 8:30 pm"."""
        starts, ends = (i.astimezone(self.zone).time() for i in (self.session.starts_at, self.session.ends_at))
        if self.now < self.session.starts_at:
            return gettext("starts %(start)s") % {"start": spoken_time(starts)}
        if self.now >= self.session.ends_at:
            return gettext("ended %(end)s") % {"end": spoken_time(ends)}
        passed = int((self.now - self.session.starts_at).total_seconds()) // 60
        return gettext("%(passed)s in, ends %(end)s") % {
            "passed": spoken_minutes(passed),
            "end": spoken_time(ends),
        }

    @property
    def groups(self) -> list[GroupRows]:
        """People of the group itself, then of each that joins it; a group alone needs no name above its people."""
        return [GroupRows(one, one is not self.room.host, self.zone, self.form_key) for one in self.room.all]

    @property
    def version(self) -> str:
        """The same as long as nothing is recorded that the list of people shows; a page that looks again sends it."""
        shown = [
            [(one.session.public_id, one.lines) for one in self.room.all],
            sorted(self.room.guests.items()),
            get_language(),
        ]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]

    @property
    def guest_numbers(self) -> str:
        return " ".join(f"{kind}:{number}" for kind, _label, number in self.guests)

    @property
    def counts(self) -> list[tuple[str, "Promise | str", str, int]]:
        found = Counter(line.state for line in self.room.lines)
        return [(state, LABELS[state], words.TONES[state], found[state]) for state in COUNTED]

    @property
    def unmarked(self) -> list[PersonRow]:
        """Who can be marked as here with one tap: nobody who is away or said that they cannot come."""
        rows = [row for group in self.groups for row in group.rows]
        return [row for row in rows if row.line.missing or _only_arrived(row.line)]

    @property
    def warnings(self) -> list[tuple[SizeWarning, str, bool]]:
        """Each sentence about the size of the room, and whether it holds; the script shows it as people are marked."""
        now = self.room.warnings
        return [(name, self._warning(name), name in now) for name in SIZES]

    def _warning(self, name: SizeWarning) -> str:
        series = self.session.series
        if name == "over_capacity":
            return gettext("More people than the %(number)d places of this group. Everybody may stay.") % {
                "number": series.capacity
            }
        if name == "below_minimum":
            few = gettext("Fewer than %(number)d people are here.") % {"number": series.group_min}
            return f"{few} {self._counting(series.below_counts_as)}"
        many = gettext("More than %(number)d people are here.") % {"number": series.group_max}
        return f"{many} {self._counting(series.above_counts_as)}"

    def _counting(self, counts_as: str) -> str:
        if not counts_as:
            return gettext("The group goes on, but its minutes do not count toward the week.")
        return gettext("The minutes count as: %(kind)s.") % {"kind": str(self.blueprint.kind(counts_as).names)}

    @property
    def guests(self) -> list[tuple[str, "Promise | str", int]]:
        return [(kind.value, kind.label, self.room.guests.get(kind.value, 0)) for kind in GuestKind]

    @property
    def guest_sum(self) -> int:
        return sum(self.room.guests.values())

    @property
    def quick_minutes(self) -> list[int]:
        length = int((self.session.ends_at - self.session.starts_at).total_seconds()) // 60
        return [minutes for minutes in QUICK_MINUTES if minutes < length]

    @property
    def script(self) -> dict[str, Any]:
        """What the page's script must know; numbers only, and the words it writes."""
        return {
            "now": int(self.now.timestamp() * 1000),
            "zone": str(self.zone),
            "starts": int(self.session.starts_at.timestamp() * 1000),
            "ends": int(self.session.ends_at.timestamp() * 1000),
            "capacity": self.session.series.capacity,
            "least": self.session.series.group_min,
            "most": self.session.series.group_max,
            "tones": dict(words.TONES),
            "words": {state: str(label) for state, label in LABELS.items()}
            | {"late": gettext("Late {minutes} min"), "left_early": gettext("Left {minutes} min early")},
            "sent": gettext("Everything is sent."),
            "sending": gettext("Sending…"),
            "waiting": gettext("No connection. {number} waiting; they are sent by themselves when it is back."),
            "version": self.version,
            "leaving": gettext("Marks are still waiting to be sent."),
            "not_kept": gettext("This mark was not kept: the person is not in your room any more."),
        }


def _only_arrived(line: RosterLine) -> bool:
    return bool(line.arrived_at) and line.mark is None and line.away is None


def minutes_now(session: Session, state: str, now: datetime) -> int:
    """Minutes that nobody typed: since the start for who comes late, to the end for who leaves."""
    suggested = marks.minutes_late if state == Mark.LATE else marks.minutes_early
    return suggested(now, session.starts_at, session.ends_at)


# --- the side ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HoursRow:
    client: Client
    ledger: WeekLedger
    make_ups: Sequence[MakeUp]
    now: datetime
    zone: tzinfo

    @property
    def label(self) -> str:
        return gettext("%(name)s: %(attended)s of %(enough)s, %(planned)s planned") % {
            "name": self.client.chosen_name,
            "attended": spoken_minutes(self.ledger.countable),
            "enough": spoken_minutes(self.ledger.target),
            "planned": spoken_minutes(self.ledger.planned),
        }

    @property
    def sentence(self) -> str:
        """By how much the week falls short, and which group would make it up."""
        values = {"name": self.client.first_name, "time": spoken_minutes(self.ledger.short)}
        short = gettext("%(name)s is short by %(time)s.") % values
        return f"{short} {self.way}".strip()

    @property
    def way(self) -> str:
        """Which group would make it up."""
        for one in self.make_ups[:1]:
            starts = one.session.starts_at.astimezone(self.zone)
            values = {
                "group": say(one.session.series.names),
                "day": day_in_a_sentence(starts.date(), self.now.astimezone(self.zone).date()),
                "time": spoken_time(starts.time()),
            }
            if one.enough:
                return gettext("%(group)s, %(day)s at %(time)s, would do it.") % values
            return gettext("%(group)s, %(day)s at %(time)s, would help.") % values
        return ""


def usual_week(ledgers: Sequence[WeekLedger], now: datetime, zone: tzinfo) -> Vine | None:
    """The week that most people of a room share, as a vine: what each gained there on average."""
    if not ledgers:
        return None
    lines: dict[int, list[Any]] = {}
    for ledger in ledgers:
        for line in ledger.lines:
            if line.cut is None and line.planned:
                lines.setdefault(line.sitting.session, []).append(line)
    shared = [of for of in lines.values() if 2 * len(of) >= len(ledgers)]
    shared.sort(key=lambda of: of[0].sitting.starts_at)
    following = next((of[0].sitting.session for of in shared if of[0].sitting.ends_at > now), None)
    leaves = [_shared_leaf(of, len(ledgers), following, now, zone) for of in shared]
    return vine(
        leaves,
        attended=sum(leaf.attended for leaf in leaves),
        planned=sum(leaf.minutes for leaf in leaves),
        enough=sorted(ledger.target for ledger in ledgers)[len(ledgers) // 2],
    )


def _shared_leaf(of: list[Any], people: int, following: int | None, now: datetime, zone: tzinfo) -> Leaf:
    sitting = of[0].sitting
    starts = sitting.starts_at.astimezone(zone)
    label = f"{day_heading(starts.date())}, {spoken_time(starts.time())}: {say(sitting.names)}"
    attended = sum(line.countable for line in of) // people
    if sitting.ends_at <= now:
        return Leaf(label, of[0].planned, "attended" if attended else "missed", attended)
    return Leaf(label, of[0].planned, "next" if sitting.session == following else "planned")
