"""The minutes ledger for people at work: one client's week, explained down to the session."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trellis.foundation.program.schema import Blueprint
from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_heading, weekday_name
from trellis.journey.schedule.models import Enrollment
from trellis.journey.schedule.presenters import words
from trellis.journey.schedule.queries import MakeUp
from trellis.journey.schedule.rules.week import Line, WeekLedger
from trellis.journey.schedule.states import CancelReason, Cut, LineState, Mark
from trellis.journey.schedule.week_words import Said, time_span, week_title, week_vine
from trellis.ui.vine import Vine
from trellis.ui.words import spoken_minutes, spoken_time

STATES: dict[str, tuple["Promise | str", str]] = {
    LineState.PLANNED: (_("Planned"), "dusk"),
    LineState.ATTENDED: (_("Here"), "leaf"),
    LineState.EXCUSED: (_("Excused"), "citrus"),
    LineState.ABSENT: (_("Absent"), "plain"),
    LineState.NOT_SEATED: (_("Came, not seated"), "citrus"),
    LineState.CANNOT_COME: (_("Told us: cannot come"), "citrus"),
    LineState.UNMARKED: (_("Not marked yet"), "gold"),
}


#: states in which nobody sat in the room, and what that means for the minutes
UNSEATED: dict[str, "Promise | str"] = {
    LineState.PLANNED: _("still ahead: taken as planned"),
    LineState.UNMARKED: _("over and not marked yet: taken as planned"),
    LineState.EXCUSED: _("excused: no minutes"),
    LineState.ABSENT: _("not here: no minutes"),
    LineState.NOT_SEATED: _("came and was not seated: no minutes"),
    LineState.CANNOT_COME: _("told us ahead: no minutes are expected"),
}
WHY_CUT: dict[str, "Promise | str"] = {
    Cut.START: _("before the first day in this group"),
    Cut.END: _("after the last day in this group"),
    Cut.TRANSFER: _("moved to other groups"),
    Cut.HOLIDAY: _("holiday: the group did not meet"),
    Cut.LEAVE: _("on leave on this day"),
    Cut.HOSPITAL: _("in hospital on this day"),
    Cut.JAIL: _("in custody on this day"),
    Cut.CANCELLED: _("we cancelled it"),
}


@dataclass(frozen=True)
class LedgerRow:
    line: Line
    zone: tzinfo
    blueprint: Blueprint

    @property
    def public_id(self) -> str:
        return self.line.sitting.public_id

    @property
    def day(self) -> str:
        return day_heading(self.line.sitting.starts_at.astimezone(self.zone).date())

    @property
    def time(self) -> str:
        sitting = self.line.sitting
        return time_span(sitting.starts_at.astimezone(self.zone), sitting.ends_at.astimezone(self.zone))

    @property
    def name(self) -> str:
        return say(self.line.sitting.names)

    @property
    def state(self) -> tuple["Promise | str", str]:
        if self.line.cut is not None:
            return Cut(self.line.cut).label, "plain"
        mark = self.line.sitting.mark
        if self.line.state == LineState.ATTENDED and mark is not None:
            return Mark(mark.state).label, words.TONES[mark.state]
        return STATES[self.line.state]

    @property
    def happened(self) -> bool:
        """There is something to say about minutes attended."""
        return self.line.state != LineState.PLANNED and self.line.cut is None

    @property
    def why(self) -> str:
        """Why its minutes count as they do."""
        if self.line.cut is not None:
            return self._cut()
        if self.line.state in UNSEATED:
            return words.joined([*self._added(), UNSEATED[self.line.state]])
        return words.joined([*self._times(), *self._counting()]) or gettext("counts in full")

    def _cut(self) -> str:
        sitting = self.line.sitting
        reason = CancelReason(sitting.cancel_reason).label if sitting.cancel_reason else ""
        known = reason if self.line.cut == Cut.CANCELLED else ""
        return words.joined([known or WHY_CUT[self.line.cut or ""], gettext("does not count against this person")])

    def _times(self) -> list[str]:
        sitting, found = self.line.sitting, self._added()
        if sitting.break_minutes and self.line.attended:
            minutes = spoken_minutes(sitting.break_minutes)
            found.append(gettext("break of %(minutes)s not counted") % {"minutes": minutes})
        if sitting.mark and sitting.mark.late:
            found.append(gettext("came %(minutes)s late") % {"minutes": spoken_minutes(sitting.mark.late)})
        if sitting.mark and sitting.mark.left_early:
            found.append(gettext("left %(minutes)s early") % {"minutes": spoken_minutes(sitting.mark.left_early)})
        return found

    def _added(self) -> list[str]:
        return [gettext("sat in without being enrolled")] if self.line.sitting.added else []

    def _counting(self) -> list[str]:
        found = []
        if self.line.overlap:
            lost = spoken_minutes(self.line.overlap)
            found.append(gettext("%(minutes)s counted in another group already") % {"minutes": lost})
        if not self.line.sitting.counting.countable:
            found.append(gettext("hours of this kind do not count"))
        elif self.line.how.size:
            found.append(self._size())
        return found

    def _size(self) -> str:
        people = words.people_words(self.line.sitting.people)
        if not self.line.how.counts_as:
            return gettext("%(people)s in the room: does not count") % {"people": people}
        kind = str(self.blueprint.kind(self.line.how.counts_as).names)
        return gettext("%(people)s in the room: counts as %(kind)s") % {"people": people, "kind": kind}


@dataclass(frozen=True)
class Way:
    public_id: str
    name: str
    when: str
    minutes: str
    enough: bool


@dataclass(frozen=True)
class MinutesPage:
    ledger: WeekLedger
    make_ups: list[MakeUp]
    now: datetime
    zone: tzinfo
    blueprint: Blueprint

    @property
    def rows(self) -> list[LedgerRow]:
        return [LedgerRow(line, self.zone, self.blueprint) for line in self.ledger.lines]

    @property
    def vine(self) -> Vine:
        return week_vine(self.ledger, Said(self.now, self.zone))

    @property
    def title(self) -> str:
        return week_title(self.ledger.start, self.ledger.end)

    @property
    def heading(self) -> str:
        return outlook(self.ledger)[0]

    @property
    def because(self) -> str:
        return outlook(self.ledger)[1]

    @property
    def days(self) -> str:
        values = {"days": self.ledger.days_attended, "needed": self.ledger.days_needed}
        return gettext("on %(days)d of %(needed)d days") % values if self.ledger.days_needed else ""

    @property
    def cuts(self) -> list[str]:
        """What made the week shorter, and by how much: "Holiday: 2 h 50 min"."""
        minutes: Counter[str] = Counter({Cut.START: self.ledger.never_made} if self.ledger.never_made else {})
        for line in self.ledger.lines:
            if line.cut is not None:
                minutes[line.cut] += line.planned
        return [
            gettext("%(reason)s: %(minutes)s") % {"reason": Cut(cut).label, "minutes": spoken_minutes(number)}
            for cut, number in sorted(minutes.items())
        ]

    @property
    def cut_words(self) -> str:
        return gettext("This week is shorter by %(minutes)s. That is not this person’s shortfall.") % {
            "minutes": spoken_minutes(self.ledger.cut_minutes)
        }

    @property
    def asks(self) -> str:
        """What a shorter week asks, where that is less."""
        if self.ledger.target >= self.ledger.enough:
            return ""
        values = {"target": spoken_minutes(self.ledger.target), "enough": spoken_minutes(self.ledger.enough)}
        said = gettext("It asks %(target)s instead of %(enough)s: what was offered, less half an hour to spare.")
        return said % values

    @property
    def ways(self) -> list["Way"]:
        """Groups that could make up what lacks."""
        return [
            Way(m.session.public_id, say(m.session.series.names), words.when(m.session, self.now, self.zone),
                spoken_minutes(m.minutes), m.enough)
            for m in self.make_ups
        ]  # fmt: skip

    @property
    def before(self) -> str:
        return (self.ledger.start - timedelta(days=7)).isoformat()

    @property
    def after(self) -> str:
        return (self.ledger.start + timedelta(days=7)).isoformat()


def outlook(ledger: WeekLedger) -> tuple[str, str]:
    """Whether the week is enough and, if not, by how much; then whose doing that is."""
    if ledger.reached:
        return gettext("The week is enough"), ""
    if not ledger.short:
        return gettext("On the way"), gettext("The rest of the plan is enough.")
    short = gettext("Short by %(short)s") % {"short": spoken_minutes(ledger.short)}
    if ledger.short_by_absence and ledger.short_by_plan:
        return short, gettext("A part of it because the plan itself holds too little.")
    if ledger.short_by_plan:
        return short, gettext("The plan itself holds too little.")
    return short, gettext("If nothing is made up.")


def enrollment_words(row: Enrollment) -> tuple[str, str]:
    """The group, and when it meets: "Skills group", "Wednesday, 5:30 pm"."""
    return say(row.series.names), f"{weekday_name(row.series.weekday)}, {spoken_time(row.series.start)}"
