"""The minutes ledger of one client, or of everybody, for one program week."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import CharField, DateField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from trellis.foundation.program.queries import current
from trellis.foundation.program.rules import Week
from trellis.foundation.program.schema import Blueprint
from trellis.foundation.record.prepared import Prepared
from trellis.journey.schedule.models import (
    AbsenceNotice,
    Attendance,
    Enrollment,
    Leave,
    NotSeated,
    PrescribedHours,
    RosterAddition,
    Session,
)
from trellis.journey.schedule.queries.sessions import sessions
from trellis.journey.schedule.rules import cuts, dates, marks
from trellis.journey.schedule.rules.minutes import Counting, Span
from trellis.journey.schedule.rules.starts import Joined, never_made
from trellis.journey.schedule.rules.week import MarkFact, Sitting, WeekLedger, ledger
from trellis.journey.schedule.states import SEATED
from trellis.people.clients.models import Client

#: an age is asked for by the hour rule; somebody whose birth date we do not know yet is taken for an adult
ADULT = 21


@dataclass(frozen=True)
class Enrolled:
    series: int
    since: date
    until: date | None
    group: Joined


@dataclass
class Facts:
    """What is recorded about a week, by client; read once, judged by the rules."""

    sessions: dict[int, Session] = field(default_factory=dict)
    enrolled: dict[int, list[Enrolled]] = field(default_factory=lambda: defaultdict(list))
    marks: dict[tuple[int, int], list["_Mark"]] = field(default_factory=lambda: defaultdict(list))
    people: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    aways: dict[int, list[cuts.Away]] = field(default_factory=lambda: defaultdict(list))
    orders: dict[int, tuple[date, int]] = field(default_factory=dict)
    #: every order of whoever has one, also those that others followed
    ordered: dict[int, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))
    added: set[tuple[int, int]] = field(default_factory=set)
    not_seated: set[tuple[int, int]] = field(default_factory=set)
    cannot_come: set[tuple[int, int]] = field(default_factory=set)

    @cached_property
    def made(self) -> set[tuple[int, date]]:
        """Series and day of every session, as the series' rule gave it."""
        return {(session.series_id, session.planned_on) for session in self.sessions.values()}


@dataclass(frozen=True, slots=True)
class _Mark:
    id: int
    undone: bool
    state: str
    late: int
    left_early: int


def week(client: Client, week: Week, now: datetime) -> WeekLedger:
    """One client's program week, explained down to the session; four statements."""
    own = _ask_own_sessions(client.pk, week.starts_at, week.ends_at, week.start, week.end)
    return _ledger(client, read([client.pk], week, own), week, now, current())


def ledgers(clients: Collection[Client], week: Week, now: datetime) -> dict[int, WeekLedger]:
    """The ledgers of many clients by their key; four statements."""
    ids = [client.pk for client in clients]
    facts = read(ids, week, _ask_sessions(week.starts_at, week.ends_at))
    blueprint = current()
    return {client.pk: _ledger(client, facts, week, now, blueprint) for client in clients}


def weeks(clients: Collection[Client], row: Sequence[Week], now: datetime) -> dict[int, list[WeekLedger]]:
    """The ledgers of many clients for weeks in a row, the first one first; four statements however many weeks."""
    first, last = row[0], row[-1]
    span = Week(first.start, last.end, first.starts_at, last.ends_at)
    ids = [client.pk for client in clients]
    found = (
        _ask_own_sessions(ids[0], span.starts_at, span.ends_at, span.start, span.end)
        if len(ids) == 1
        else _ask_sessions(span.starts_at, span.ends_at)
    )
    facts, blueprint = read(ids, span, found), current()
    parts = [(week, _part(facts, week)) for week in row]
    return {client.pk: [_ledger(client, part, week, now, blueprint) for week, part in parts] for client in clients}


def _part(facts: Facts, week: Week) -> Facts:
    """What is recorded about one week of several."""
    part = replace(facts, sessions={}, enrolled=defaultdict(list), orders={})
    part.sessions = {key: one for key, one in facts.sessions.items() if week.starts_at <= one.starts_at < week.ends_at}
    for client, enrolled in facts.enrolled.items():
        part.enrolled[client] = [
            one for one in enrolled if one.since <= week.end and (one.until is None or one.until >= week.start)
        ]
    for client, ordered in facts.ordered.items():
        for since, minutes in ordered:
            if since <= week.end:
                _keep_newest(part.orders, client, since, minutes)
    return part


@Prepared
def _ask_own_sessions(client: int, since: datetime, until: datetime, first: date, last: date) -> "QuerySet[Session]":
    own = (
        Q(series__in=_touching([client], first, last).values("series"))
        | Q(pk__in=RosterAddition.objects.filter(client=client).values("session"))
        | Q(pk__in=Attendance.objects.filter(client=client).values("session"))
    )
    return sessions().filter(own, starts_at__gte=since, starts_at__lt=until)


@Prepared
def _ask_sessions(since: datetime, until: datetime) -> "QuerySet[Session]":
    return sessions().filter(starts_at__gte=since, starts_at__lt=until)


def _touching(clients: list[int], first: date, last: date) -> "QuerySet[Enrollment]":
    rows = Enrollment.objects.filter(Q(until__isnull=True) | Q(until__gte=first), since__lte=last)
    return rows.filter(episode__client__in=clients)


@Prepared
def _ask_enrollments(clients: list[int], first: date, last: date) -> "QuerySet[Any, Any]":
    rows = _touching(clients, first, last).order_by("since", "pk")
    return rows.values_list(
        "episode__client_id", "until", "episode__closed_on", "series_id", "since", "series__weekday", "series__start",
        "series__minutes", "series__break_after", "series__break_minutes", "series__countable",
    )  # fmt: skip


def read(ids: list[int], week: Week, rows: Iterable[Session]) -> Facts:
    facts = Facts({session.pk: session for session in rows})
    _read_enrollments(facts, ids, week)
    _read_marks(facts)
    _read_the_rest(facts, ids, week)
    return facts


def _read_enrollments(facts: Facts, ids: list[int], week: Week) -> None:
    rows = _ask_enrollments(ids, week.start, week.end)
    for client, until, closed, *about in rows:
        group = Joined(*about)
        last = min((day for day in (until, closed) if day is not None), default=None)
        if last is None or last >= group.since:  # one that was called off before it began is no enrollment
            facts.enrolled[client].append(Enrolled(group.series, group.since, last, group))


def _read_marks(facts: Facts) -> None:
    """Everybody's marks in the rooms of these sessions: the size of a group says how its minutes count."""
    rooms: dict[int, int] = {}
    rows = sorted(_ask_marks(_rooms_of(facts)), key=lambda row: row[3])  # the newest of a person comes last
    for session, joins, client, number, state, late, early, undo in rows:
        rooms[session] = joins or session
        facts.marks[session, client].append(_Mark(number, undo is not None, state, late, early))
    for (session, _client), made in facts.marks.items():
        mark = marks.current(made)
        facts.people[rooms[session]] += mark is not None and mark.state in SEATED


def _rooms_of(facts: Facts) -> list[int]:
    return sorted({_room_of(session) for session in facts.sessions.values()})


@Prepared
def _ask_marks(rooms: list[int]) -> "QuerySet[Any, Any]":
    # Each half has an index of its own; asked as one, SQLite walks through every session there ever was.
    columns = (
        "session_id", "session__joins_id", "client_id", "id", "state", "arrived_late_minutes", "left_early_minutes",
        "undo__id",
    )  # fmt: skip
    own = Attendance.objects.filter(session__in=rooms).values_list(*columns)
    return own.union(Attendance.objects.filter(session__joins__in=rooms).values_list(*columns))


def _room_of(session: Session) -> int:
    """Groups that sit together for a night are counted together."""
    return session.joins_id or session.pk


def _read_the_rest(facts: Facts, ids: list[int], week: Week) -> None:
    """Leaves, orders, additions, people not seated and notices; one statement."""
    all_rows = _ask_the_rest(ids, list(facts.sessions), week.start, week.end)
    for tag, client, _key, code, since, until, number in sorted(all_rows, key=lambda row: row[2]):
        if tag == "away":
            facts.aways[client].append(cuts.Away(code, since, until))
        elif tag == "order":
            facts.ordered[client].append((since, number))
            _keep_newest(facts.orders, client, since, number)
        else:
            getattr(facts, tag).add((number, client))


@Prepared
def _ask_the_rest(clients: list[int], sessions: list[int], first: date, last: date) -> "QuerySet[Any, Any]":
    of_clients = Leave.objects.filter(client__in=clients, since__lte=last)
    aways = of_clients.filter(Q(until__isnull=True) | Q(until__gte=first))
    orders = PrescribedHours.objects.filter(client__in=clients, since__lte=last)
    in_week = {"client__in": clients, "session__in": sessions}
    told = AbsenceNotice.objects.filter(kind="cannot_come", undo__isnull=True, **in_week)
    all_rows: QuerySet[Any, Any] = _tagged(aways, "away", code="kind", since="since", until="until").union(
        _tagged(orders, "order", since="since", number="minutes_a_week"),
        _tagged(RosterAddition.objects.filter(**in_week), "added", number="session_id"),
        _tagged(NotSeated.objects.filter(**in_week), "not_seated", number="session_id"),
        _tagged(told, "cannot_come", number="session_id"),
        all=True,
    )
    return all_rows


def _keep_newest(orders: dict[int, tuple[date, int]], client: int, since: date, minutes: int) -> None:
    if client not in orders or orders[client][0] <= since:
        orders[client] = (since, minutes)


def _tagged(rows: "QuerySet[Any]", tag: str, **columns: str) -> Any:
    """The same seven columns of whatever table, so that one statement reads them all."""
    kinds: dict[str, Any] = {"code": CharField(), "since": DateField(), "until": DateField(), "number": IntegerField()}
    named = {
        f"f_{name}": Cast(F(columns[name]) if name in columns else Value(None), kind) for name, kind in kinds.items()
    }
    return rows.annotate(f_tag=Value(tag, CharField()), **named).values_list(
        "f_tag", "client_id", "pk", "f_code", "f_since", "f_until", "f_number"
    )


# --- from facts to values ---------------------------------------------------------------------------------------------


def _ledger(client: Client, facts: Facts, week: Week, now: datetime, blueprint: Blueprint) -> WeekLedger:
    age = dates.whole_years(client.born_on, week.start) if client.born_on else ADULT
    rule = blueprint.hour_rule(age=age, payer=client.payer)
    return ledger(
        sittings(client.pk, facts, week, blueprint),
        start=week.start,
        end=week.end,
        enough=rule.min_minutes,
        days_needed=rule.days,
        prescribed=facts.orders[client.pk][1] if client.pk in facts.orders else None,
        now=now,
        never_made=_never_made(client.pk, facts, week, blueprint),
    )


def _never_made(client: int, facts: Facts, week: Week, blueprint: Blueprint) -> tuple[Span, ...]:
    """A program that opens in the middle of a week, or a group that nobody was in, has no sessions before that day."""
    groups = [row.group for row in facts.enrolled[client]]
    return never_made(groups, week.start, facts.made, blueprint.program.zone)


def sittings(client: int, facts: Facts, week: Week, blueprint: Blueprint) -> Iterable[Sitting]:
    own = {row.series for row in facts.enrolled[client]}
    for session in facts.sessions.values():
        if session.series_id in own or (session.pk, client) in facts.added or (session.pk, client) in facts.marks:
            yield _sitting(client, session, facts, week, blueprint)


def _sitting(client: int, session: Session, facts: Facts, week: Week, blueprint: Blueprint) -> Sitting:
    series, key = session.series, (session.pk, client)
    mark = marks.current(facts.marks[key]) if key in facts.marks else None
    return Sitting(
        session=session.pk,
        public_id=session.public_id,
        names=series.names,
        kind=series.kind,
        day=session.starts_at.astimezone(blueprint.program.zone).date(),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        break_after=session.break_after,
        break_minutes=session.break_minutes,
        counting=counting_of(series),
        cancelled=session.status == "cancelled",
        cancel_reason=session.cancel_reason,
        people=facts.people.get(_room_of(session), 0),
        mark=MarkFact(mark.state, mark.late, mark.left_early) if mark else None,
        not_seated=key in facts.not_seated and mark is None,
        cannot_come=key in facts.cannot_come,
        added=key in facts.added,
        belonging=_belonging(client, session, facts, week),
    )


def counting_of(series: Any) -> Counting:
    return Counting(
        series.countable,
        series.group_min,
        series.group_max,
        series.below_countable,
        series.above_countable,
        series.below_counts_as,
        series.above_counts_as,
    )


def _belonging(client: int, session: Session, facts: Facts, week: Week) -> cuts.Belonging:
    aways, on = tuple(facts.aways.get(client, ())), session.planned_on
    rows = [row for row in facts.enrolled[client] if row.series == session.series_id]
    if not rows or (session.pk, client) in facts.added:
        return cuts.Belonging(on, aways=aways)
    # Somebody who left a group and came back has two rows: the one that holds on the day, else the newer.
    row = max(rows, key=lambda row: (row.since <= on and (row.until is None or on <= row.until), row.since))
    return cuts.Belonging(on, row.since, row.until, _is_transfer(row, facts.enrolled[client], week), aways)


def _is_transfer(row: Enrolled, others: list[Enrolled], week: Week) -> bool:
    """Another group of the same client begins, or ends, in the week in which this one does the opposite."""
    ends = row.until is not None and week.start <= row.until <= week.end
    begins = week.start <= row.since <= week.end
    return any(
        (ends and other.since > row.since and week.start <= other.since <= week.end)
        or (begins and other.until is not None and other.since < row.since and week.start <= other.until)
        for other in others
        if other is not row
    )
