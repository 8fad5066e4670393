"""What the program today prints."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.doors.staff_desk.set_aside import presenters as set_aside
from trellis.foundation.program.queries import zone
from trellis.foundation.record.texts import say
from trellis.journey.admission.one_person.queries import Pair
from trellis.journey.continuity.leaving.waiting import Waiting as Leaving
from trellis.journey.inquiry.presenters import Card, day_heading, day_words
from trellis.journey.inquiry.queries import Board, Hours
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.queries import DaySession, ProgramToday, Short
from trellis.people.breaches.waiting import Waiting as Incidents
from trellis.people.clients.emergency.queries import Waiting as Emergencies
from trellis.people.clients.watched.queries import Waiting as Watched
from trellis.people.consent.outside.waiting import Waiting
from trellis.people.rights.requests.waiting import Waiting as Requests
from trellis.ui.words import one_stop, spoken_minutes, spoken_time

#: as many rows of a list as can be taken in; the rest is one tap away
SHOWN = 6


@dataclass(frozen=True)
class Need:
    """A sentence, and the page on which to mend it."""

    words: str
    url: str
    act: str
    public_id: str = ""


@dataclass(frozen=True)
class SessionRow:
    one: DaySession
    today: ProgramToday

    @property
    def public_id(self) -> str:
        return self.one.session.public_id

    @property
    def time(self) -> str:
        return spoken_time(self.one.session.starts_at.astimezone(zone()).time())

    @property
    def name(self) -> str:
        return say(self.one.session.series.names)

    @property
    def detail(self) -> str:
        if self.one.cancelled:
            return _("It does not meet today.")
        room = say(self.one.holds.room) if self.one.holds.room else _("no room yet")
        leaders = ", ".join(name.split()[0] for name in self.one.holds.leaders) or _("nobody leads it yet")
        return f"{room} · {leaders} · {self.people}"

    @property
    def people(self) -> str:
        if self.one.session.starts_at > self.today.now:
            return _("%(expected)d expected") % {"expected": self.one.expected}
        return _("%(here)d of %(expected)d here") % {"here": self.one.came, "expected": self.one.expected}

    @property
    def state(self) -> tuple[str, str]:
        """One word and its colour."""
        if self.one.cancelled:
            return _("Cancelled"), "plain"
        if self.one in self.today.without_leader:
            return _("Needs a leader"), "rose"
        if self.one.is_on(self.today.now):
            return _("Under way"), "leaf"
        if self.one.session.ends_at <= self.today.now:
            return _("Over"), "plain"
        return _("Later"), "dusk"

    @property
    def word(self) -> str:
        return self.state[0]

    @property
    def tone(self) -> str:
        return self.state[1]


@dataclass(frozen=True)
class ShortRow:
    short: Short

    @property
    def name(self) -> str:
        return self.short.client.short_name

    @property
    def public_id(self) -> str:
        return self.short.client.public_id

    @property
    def by(self) -> str:
        return _("short by %(time)s") % {"time": spoken_minutes(self.short.ledger.short)}

    @property
    def detail(self) -> str:
        for made in self.short.make_ups[:1]:
            starts = made.session.starts_at.astimezone(zone())
            values = {
                "group": say(made.session.series.names),
                "day": day_words(starts.date()),
                "time": spoken_time(starts.time()),
            }
            if made.enough:
                return _("%(group)s, %(day)s at %(time)s, would make it up.") % values
            return _("%(group)s, %(day)s at %(time)s, would help.") % values
        return _("No group this week has room for it. A talk about next week may help.")


@dataclass(frozen=True)
class Today:
    program: ProgramToday
    board: Board
    hours: Hours
    outside: Waiting = field(default_factory=Waiting)
    emergencies: Emergencies = field(default_factory=Emergencies)
    requests: Requests = field(default_factory=Requests)
    pairs: list[Pair] = field(default_factory=list)
    to_lead_anew: list[Session] = field(default_factory=list)
    #: messages that did not go out
    set_aside: int = 0
    incidents: Incidents = field(default_factory=Incidents)
    watched: Watched = field(default_factory=Watched)
    #: summaries and letters past their day
    leaving: Leaving = field(default_factory=Leaving)
    #: people whose level of care is due to be looked at again
    to_reassess: int = 0

    @property
    def subjects(self) -> list[str]:
        """Everybody whom the page names."""
        people = [one.client for one in self.program.short] + [one.client for one in self.program.silent]
        lines = [line.audit_subjects for one in self.program.on_now for line in one.missing]
        return [subject for subjects in [*(one.audit_subjects for one in people), *lines] for subject in subjects]

    @property
    def day(self) -> str:
        local = self.program.now.astimezone(zone())
        return f"{day_heading(local.date())}, {spoken_time(local.time())}"

    @property
    def needs(self) -> list[Need]:
        """What cannot wait, most urgent first."""
        return [
            *self._from_outside(),
            *self._opened_in_emergencies(),
            *self._watched(),
            *self._may_be_one_person(),
            *self._happened(),
            *self._without_leader(),
            *self._with_another_leader(),
            *self._counted(),
            *self._requested(),
            *self._owed_on_paper(),
            *self._set_aside(),
        ]

    def _from_outside(self) -> list[Need]:
        """What somebody told us and no clinician has read: danger, and what lies too long."""
        read = _("Read the note")
        if self.outside.danger:
            return [Need(self.outside.danger_words, "consent:asked_waiting", read)]
        if self.outside.late:
            return [Need(self.outside.late_words, "consent:asked_waiting", read)]
        return []

    def _opened_in_emergencies(self) -> list[Need]:
        if not self.emergencies.number:
            return []
        return [Need(self.emergencies.words, "clients:emergencies", _("Read why"))]

    def _watched(self) -> list[Need]:
        if not self.watched.number:
            return []
        return [Need(self.watched.words, "clients:watched", _("Read why"))]

    def _may_be_one_person(self) -> list[Need]:
        """An admission that could not ask: the earlier record is closed to whoever wrote it down."""
        if not self.pairs:
            return []
        words = ngettext(
            "Somebody who was just admitted may have an earlier record.",
            "%(number)d people who were just admitted may have an earlier record.",
            len(self.pairs),
        )
        return [Need(words % {"number": len(self.pairs)}, "admission:one_person", _("Look at both"))]

    def _happened(self) -> list[Need]:
        """An incident with records: past a day of the law, due soon, or open."""
        if not self.incidents.number:
            return []
        words = self.incidents.late_words if self.incidents.late else self.incidents.soon_words
        words = words if self.incidents.late or self.incidents.soon else self.incidents.open_words
        return [Need(words, "breaches:incidents", _("Open the incidents"))]

    def _without_leader(self) -> list[Need]:
        rows = [SessionRow(one, self.program) for one in self.program.without_leader]
        sentence = _("%(group)s at %(time)s has nobody to lead it.")
        return [
            Need(
                sentence % {"group": row.name, "time": row.time},
                "schedule:session",
                _("Choose who leads"),
                row.public_id,
            )
            for row in rows
            if row.one.session.ends_at > self.program.now
        ]

    def _with_another_leader(self) -> list[Need]:
        """Whose record is closed to who leads, and why, is not said: it need not be known to plan."""
        sentence = _("Plan another leader for %(group)s on %(day)s at %(time)s.")
        found = []
        for session in self.to_lead_anew:
            starts = session.starts_at.astimezone(zone())
            values = {
                "group": say(session.series.names),
                "day": day_words(starts.date()),
                "time": spoken_time(starts.time()),
            }
            found.append(
                Need(one_stop(sentence % values), "schedule:session", _("Choose who leads"), session.public_id)
            )
        return found

    def _counted(self) -> list[Need]:
        found = []
        if overdue := self.board.counts["overdue"]:
            words = ngettext(
                "One person waits longer for our call than we promised.",
                "%(number)d people wait longer for our call than we promised.",
                overdue,
            )
            found.append(Need(words % {"number": overdue}, "inquiry:board", _("Open the calls")))
        if owed := self.program.calls_owed:
            words = ngettext(
                "One absence without word waits for our call.",
                "%(number)d absences without word wait for our call.",
                owed,
            )
            found.append(Need(words % {"number": owed}, "schedule:day_sheet", _("Open the day sheet")))
        return found

    def _requested(self) -> list[Need]:
        """What a client asked under the law: past its day, or due soon."""
        answer = _("Open the requests")
        if self.requests.late:
            return [Need(self.requests.late_words, "rights:requests", answer)]
        if self.requests.soon:
            return [Need(self.requests.soon_words, "rights:requests", answer)]
        return []

    def _owed_on_paper(self) -> list[Need]:
        """Summaries, letters and arrivals past their day; letters of today where nothing is late."""
        late = [
            words
            for number, words in (
                (self.leaving.summaries_late, self.leaving.summary_words),
                (self.leaving.letters_late, self.leaving.late_words),
                (self.leaving.arrivals_late, self.leaving.arrival_words),
            )
            if number
        ]
        if not late and self.leaving.letters_today:
            late = [self.leaving.today_words]
        return [Need(words, "leaving:letters", _("Open the letters")) for words in late]

    def _set_aside(self) -> list[Need]:
        if not self.set_aside:
            return []
        return [Need(set_aside.need(self.set_aside), "staff_desk:set_aside", _("Read why"))]

    @property
    def heading(self) -> str:
        number = len(self.needs)
        if not number:
            return _("Nothing needs you now")
        return ngettext("One thing needs you now", "%(number)d things need you now", number) % {"number": number}

    @property
    def sessions(self) -> list[SessionRow]:
        """What still concerns somebody today: groups that are on or come, and whatever lacks a leader."""
        return [row for row in self._rows if not self._is_quiet(row)]

    @property
    def quiet_sessions(self) -> list[SessionRow]:
        """What is over or does not meet, and the individual hours: folded away."""
        return [row for row in self._rows if self._is_quiet(row)]

    @property
    def _rows(self) -> list[SessionRow]:
        return [SessionRow(one, self.program) for one in self.program.sessions]

    def _is_quiet(self, row: SessionRow) -> bool:
        over = row.one.session.ends_at <= self.program.now
        return (
            over
            or row.one.cancelled
            or (row.one.session.series.personal and row.one not in self.program.without_leader)
        )

    @property
    def missing(self) -> list[dict[str, str]]:
        """Expected in a group that is on, and not here."""
        return [
            {"name": line.name, "public_id": line.public_id, "group": say(one.session.series.names)}
            for one in self.program.on_now
            for line in one.missing
        ]

    @property
    def waiting(self) -> list[Card]:
        return [Card(inquiry, self.hours, self.program.now) for inquiry in self.board.page.object_list[:SHOWN]]

    @property
    def shorts(self) -> list[ShortRow]:
        return [ShortRow(one) for one in self.program.short[:SHOWN]]

    @property
    def more_shorts(self) -> list[ShortRow]:
        return [ShortRow(one) for one in self.program.short[SHOWN:]]

    @property
    def silent(self) -> list[dict[str, str]]:
        return [
            {"name": one.client.short_name, "public_id": one.client.public_id, "since": day_words(one.last_word)}
            for one in self.program.silent
        ]

    @property
    def reach(self) -> int:
        return self.program.clients - len(self.program.short)
