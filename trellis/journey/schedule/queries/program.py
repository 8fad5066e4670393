"""The program as a whole: places, the week, who falls short, what is owed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import shown_to
from trellis.foundation.program.queries import current, zone
from trellis.foundation.program.rules import Week, week_of
from trellis.journey.schedule.models import (
    AbsenceNotice,
    CallOutcome,
    Enrollment,
    Leave,
    Session,
    SilenceDecision,
    Track,
    WaitListEntry,
)
from trellis.journey.schedule.queries.day import DaySession, leave_out, sessions_on
from trellis.journey.schedule.queries.sessions import Holds, holds, sessions
from trellis.journey.schedule.queries.sheet import calls_owed_since
from trellis.journey.schedule.queries.week import counting_of, ledgers
from trellis.journey.schedule.queries.week import week as week_of_client
from trellis.journey.schedule.roster import enrollments_in
from trellis.journey.schedule.rules import makeup, marks
from trellis.journey.schedule.rules.minutes import Span, minute
from trellis.journey.schedule.rules.places import Places
from trellis.journey.schedule.rules.week import WeekLedger
from trellis.journey.schedule.states import SEATED, LineState
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients_in_program
from trellis.people.clients.states import OPEN
from trellis.people.consent.deaths import the_dead

STILL_TO_COME = (LineState.PLANNED, LineState.CANNOT_COME)


# --- places -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TrackPlaces:
    track: Track
    places: Places
    waiting: int


def track_places(day: date) -> list[TrackPlaces]:
    """Census against capacity, and who waits, for each track of the day; three statements."""
    held = Enrollment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), track__isnull=False, since__lte=day, episode__status=OPEN
    )
    taken = dict(held.values_list("track").annotate(Count("episode", distinct=True)))
    waiting = dict(_waiting().values_list("track").annotate(Count("pk")))
    tracks = Track.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day)).order_by("pk")
    return [TrackPlaces(t, Places(taken.get(t.pk, 0), t.capacity), waiting.get(t.pk, 0)) for t in tracks]


def _waiting() -> "QuerySet[WaitListEntry]":
    return WaitListEntry.objects.filter(status="waiting").exclude(episode__client__in=the_dead())


def wait_list(track: Track) -> "QuerySet[WaitListEntry]":
    """Who waits for a track, longest first."""
    return _waiting().filter(track=track).select_related("episode__client", "inquiry").order_by("since", "pk")


@dataclass(frozen=True)
class TrackList:
    one: TrackPlaces
    entries: list[WaitListEntry]


def everybody_waiting() -> "QuerySet[WaitListEntry]":
    """Everybody who waits for a place, longest first; one statement."""
    rows = _waiting().select_related("episode__client", "inquiry", "track")
    return rows.order_by("since", "pk")


def tracks_with_waiting(day: date) -> list[TrackList]:
    """Each track with its places and its wait-list; four statements."""
    entries = list(everybody_waiting())
    return [TrackList(one, [e for e in entries if e.track_id == one.track.pk]) for one in track_places(day)]


# --- making hours up --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MakeUp:
    session: Session
    minutes: int
    enough: bool


def open_sessions(week: Week, now: datetime) -> "list[tuple[Session, makeup.Candidate]]":
    """Groups of the rest of the week with how many are expected; two statements."""
    rows = list(
        sessions()
        .filter(starts_at__gt=now, starts_at__lt=week.ends_at, series__personal=False)
        .exclude(status__in=("cancelled", "held"))
        .order_by("starts_at", "pk")
    )
    expected = Counter(enrollments_in([s.pk for s in rows]).values_list("series__sessions", flat=True))
    return [(session, _candidate(session, expected[session.pk])) for session in rows]


def _candidate(session: Session, expected: int) -> makeup.Candidate:
    return makeup.Candidate(
        session.pk,
        session.starts_at,
        session.ends_at,
        session.break_after,
        session.break_minutes,
        counting_of(session.series).countable,
        expected,
        session.series.capacity,
    )


def make_ups(
    ledger: WeekLedger, open_ones: "list[tuple[Session, makeup.Candidate]]", client: Client, now: datetime
) -> list[MakeUp]:
    """Which groups could make up what this week lacks, without a clash, in a language of the client."""
    fitting = [c for session, c in open_ones if client.language in session.series.languages]
    found = makeup.suggestions(fitting, short=ledger.short, busy=busy(ledger), now=now)
    by_key = {session.pk: session for session, _candidate in open_ones}
    return [MakeUp(by_key[s.session], s.minutes, s.enough) for s in found]


def busy(ledger: WeekLedger) -> list[Span]:
    """The client's own sessions of the week that still take place for them, or took place."""
    return [
        (minute(line.sitting.starts_at), minute(line.sitting.ends_at))
        for line in ledger.lines
        if line.cut is None and line.state != LineState.CANNOT_COME
    ]


def make_ups_for(client: Client, now: datetime) -> tuple[WeekLedger, list[MakeUp]]:
    """After "I can't make it": the week as it stands and the groups that could make it up; six statements."""
    week = this_week(now)
    ledger = week_of_client(client, week, now)
    return ledger, make_ups(ledger, open_sessions(week, now), client, now)


# --- who falls short --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Short:
    client: Client
    ledger: WeekLedger
    make_ups: list[MakeUp]


def _expected() -> "QuerySet[Client]":
    return clients_in_program().exclude(pk__in=the_dead())  # a stay that nobody closed yet


def this_week(now: datetime) -> Week:
    program = current().program
    return week_of(now, program.zone, program.week_start)


def short_this_week(week: Week, now: datetime, among: Iterable[Client] | None = None) -> list[Short]:
    """Who will fall short of what the week asks, most first, with what could make it up; seven statements."""
    clients = list(_expected()) if among is None else list(among)
    found = [
        (client, ledger)
        for client, ledger in zip(clients, ledgers(clients, week, now).values(), strict=True)
        if ledger.short
    ]
    open_ones = open_sessions(week, now)
    shorts = [Short(client, ledger, make_ups(ledger, open_ones, client, now)) for client, ledger in found]
    return sorted(shorts, key=lambda one: (-one.ledger.short, one.client.search_name, one.client.pk))


# --- the week of the program ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class PlannedSession:
    session: Session
    holds: Holds
    expected: int


@dataclass(frozen=True)
class ProgramWeek:
    week: Week
    days: dict[date, list[PlannedSession]]

    @property
    def sessions(self) -> list[PlannedSession]:
        return [one for day in self.days.values() for one in day]


def program_week(week: Week) -> ProgramWeek:
    """Every group of a week with room, leaders and how many are expected; no individual hours. Three statements."""
    rows = list(
        sessions()
        .filter(starts_at__gte=week.starts_at, starts_at__lt=week.ends_at, series__personal=False)
        .order_by("starts_at", "series__key")
    )
    ids = [session.pk for session in rows]
    held, expected = holds(ids), Counter(enrollments_in(ids).values_list("series__sessions", flat=True))
    days: dict[date, list[PlannedSession]] = {day: [] for day in week.days}
    zone_ = zone()
    for session in rows:
        one = PlannedSession(session, held.get(session.pk, Holds()), expected[session.pk])
        days[session.starts_at.astimezone(zone_).date()].append(one)
    return ProgramWeek(week, days)


def planned(session: Session) -> PlannedSession:
    """One session with what it holds and how many are expected; two statements."""
    expected = enrollments_in([session.pk]).count()
    return PlannedSession(session, holds([session.pk]).get(session.pk, Holds()), expected)


# --- silence ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Silent:
    client: Client
    last_word: date
    decision: SilenceDecision | None


def silent_clients(now: datetime) -> list[Silent]:
    """Clients whose last word is as long ago as the blueprint says: a clinician decides. Four statements.

    Nobody is silent who is on leave, or about whom was decided since their last word.
    """
    program = current().program
    today = now.astimezone(program.zone).date()
    seated = Q(attendances__state__in=SEATED, attendances__undo__isnull=True)
    clients = _expected().annotate(
        opened_on=Max("episodes__opened_on"),
        last_seated=Max("attendances__session__starts_at", filter=seated),
    )
    words = _last_words()
    away = set(_away_on(today).values_list("client", flat=True))
    found = []
    for client in clients:
        heard = [when for when in (client.last_seated, words.get(client.pk)) if when is not None]
        last = max((when.astimezone(program.zone).date() for when in heard), default=client.opened_on)
        last = max(last, client.opened_on)
        if client.pk not in away and marks.is_silent(last, today, program.silence_days):
            found.append(Silent(client, last, None))
    return _undecided(found)


def _last_words() -> dict[int, datetime]:
    """When each client last told us something, or was reached by a call."""
    told = AbsenceNotice.objects.values("client").annotate(at=Max("recorded_at"))
    reached = CallOutcome.objects.filter(result="reached").values("client").annotate(at=Max("recorded_at"))
    words: dict[int, datetime] = {}
    for client, at in told.values_list("client", "at").union(reached.values_list("client", "at"), all=True):
        words[client] = max(at, words.get(client, at))
    return words


def _away_on(day: date) -> "QuerySet[Leave]":
    return Leave.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def _undecided(found: list[Silent]) -> list[Silent]:
    decided = dict(
        SilenceDecision.objects.filter(client__in=[one.client for one in found])
        .values_list("client")
        .annotate(Max("decided_at"))
    )
    zone_ = zone()
    return [
        one
        for one in found
        if one.client.pk not in decided or decided[one.client.pk].astimezone(zone_).date() < one.last_word
    ]


# --- the program today ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProgramToday:
    now: datetime
    tracks: list[TrackPlaces]
    clients: int
    sessions: list[DaySession]
    short: list[Short]
    silent: list[Silent]
    #: of today, and of the days before that the day sheet still names
    calls_owed: int

    @property
    def on_now(self) -> list[DaySession]:
        return [one for one in self.sessions if one.is_on(self.now)]

    @property
    def without_leader(self) -> list[DaySession]:
        return [one for one in self.sessions if not one.cancelled and not one.holds.leaders]

    @property
    def without_room(self) -> list[DaySession]:
        return [one for one in self.sessions if not one.cancelled and not one.holds.room and not _guest(one)]

    @property
    def capacity(self) -> int:
        return sum(one.places.capacity for one in self.tracks)

    @property
    def taken(self) -> int:
        return sum(one.places.taken for one in self.tracks)

    @property
    def can_make_up(self) -> int:
        """How many of those who fall short could still make it up with one group."""
        return sum(any(m.enough for m in one.make_ups) for one in self.short)


def _guest(one: DaySession) -> bool:
    return one.session.joins_id is not None


def program_today(now: datetime, actor: Actor) -> ProgramToday:
    """Census against capacity, the day's sessions, who is missing, who falls short, who is silent.

    Numbers count everybody; nobody is named out of whose record the actor is kept.
    """
    today = now.astimezone(zone()).date()
    clients = list(_expected())
    of_today = sessions_on(today, zone())
    leave_out(actor, of_today)
    return ProgramToday(
        now,
        track_places(today),
        len(clients),
        of_today,
        shown_to(actor, short_this_week(this_week(now), now, clients), lambda one: one.client),
        shown_to(actor, silent_clients(now), lambda one: one.client),
        calls_owed_since(today, zone(), current().program.silence_days),
    )
