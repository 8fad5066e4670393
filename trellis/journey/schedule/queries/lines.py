"""Roster lines: who is expected in a session, and what is recorded about each; three statements for any number."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from trellis.foundation.record.prepared import Prepared
from trellis.journey.schedule.models import (
    AbsenceNotice,
    Arrival,
    Attendance,
    CallOutcome,
    Leave,
    NoticeUndo,
    NotSeated,
    RosterAddition,
)
from trellis.journey.schedule.roster import enrollments_in
from trellis.journey.schedule.rules import marks
from trellis.journey.schedule.states import SEATED
from trellis.people.consent.deaths import the_dead


class MarkRow(NamedTuple):
    """A mark as it stands in the record."""

    id: int
    state: str
    late: int
    left_early: int
    reason: str
    late_entry: bool
    recorded_at: datetime
    undone: bool


class Told(NamedTuple):
    """A notice: `kind` is late or cannot_come. `words` are the client's own and stay hidden until tapped."""

    kind: str
    minutes: int
    words: str
    at: datetime


class Away(NamedTuple):
    """Came, was not seated: why, the way home, a note."""

    why: str
    way_home: str
    note: str
    at: datetime


class Call(NamedTuple):
    result: str
    note: str
    at: datetime


@dataclass(slots=True)
class RosterLine:
    session_id: int
    client_id: int
    public_id: str
    name: str
    pronouns: str
    sort_name: str
    added: bool
    on_leave: str  # kind of leave on that day, or ""
    #: what is recorded of them stays; nobody expects or calls them
    died: bool = False
    # Nothing is recorded about most lines: tuples, so that they share the empty one.
    marks: tuple[MarkRow, ...] = ()
    #: the mark that holds, if any
    mark: MarkRow | None = None
    arrived_at: datetime | None = None
    told: tuple[Told, ...] = ()
    #: notices that were taken back, and when that was told last
    taken_back: tuple[Told, ...] = ()
    back_at: datetime | None = None
    away: Away | None = None
    calls: tuple[Call, ...] = ()

    @property
    def audit_subjects(self) -> tuple[str]:
        return (f"client:{self.client_id}",)

    @property
    def state(self) -> str:
        """The mark that holds, or "none"."""
        return self.mark.state if self.mark else "none"

    @property
    def seated(self) -> bool:
        return self.mark is not None and self.mark.state in SEATED

    @property
    def notice(self) -> Told | None:
        return self.told[-1] if self.told else None

    @property
    def call_owed(self) -> bool:
        state = self.state
        return not self.died and marks.call_owed(state, (t.kind for t in self.told), (c.result for c in self.calls))

    @property
    def missing(self) -> bool:
        """Expected, and neither marked, arrived, excused by word or leave, nor sent home."""
        seen_or_excused = self.mark or self.arrived_at or self.on_leave or self.away
        return not seen_or_excused and not any(t.kind == "cannot_come" for t in self.told)


def lines_of(sessions: Iterable[int]) -> dict[int, list[RosterLine]]:
    """The roster of each session, by name."""
    ids = list(sessions)
    found: dict[tuple[int, int], RosterLine] = {}
    for row in _people(ids):
        line = RosterLine(*row)
        found.setdefault((line.session_id, line.client_id), line)
    for here, marked in _marks(ids).items():
        if here in found:
            found[here].marks, found[here].mark = tuple(marked), marks.current(marked)
    for tag, session, client, code, other, minutes, words, at in _facts(ids):
        if (session, client) in found:
            _note(found[session, client], tag, code, other, minutes, words, at)
    return _by_session(line for line in found.values() if line.marks or not line.died)


def _by_session(lines: Iterable[RosterLine]) -> dict[int, list[RosterLine]]:
    rosters: dict[int, list[RosterLine]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: (line.sort_name, line.client_id)):
        rosters[line.session_id].append(line)
    return rosters


def _people(ids: list[int]) -> list[tuple[Any, ...]]:
    """Enrolled and added; of somebody who is both the enrollment comes first."""
    rows = sorted(_ask_people(ids), key=lambda row: row[6])
    return [(*row[:6], bool(row[6]), row[7] or "", bool(row[8])) for row in rows]


@Prepared
def _ask_people(ids: list[int]) -> "QuerySet[Any, Any]":
    enrolled = enrollments_in(ids).annotate(
        added=Value(0, IntegerField()),
        on_leave=_leave("episode__client", "series__sessions__planned_on"),
        died=_died("episode__client"),
    )
    added = RosterAddition.objects.filter(session__in=ids).annotate(
        added=Value(1, IntegerField()), on_leave=_leave("client", "session__planned_on"), died=_died("client")
    )
    columns = ("pk", "public_id", "chosen_name", "pronouns", "search_name")
    return enrolled.values_list(
        "series__sessions__pk", *(f"episode__client__{column}" for column in columns), "added", "on_leave", "died"
    ).union(added.values_list("session__pk", *(f"client__{column}" for column in columns), "added", "on_leave", "died"))


def _leave(client: str, day: str) -> Subquery:
    away = Leave.objects.filter(
        Q(until__isnull=True) | Q(until__gte=OuterRef(day)), client=OuterRef(client), since__lte=OuterRef(day)
    )
    return Subquery(away.order_by("pk").values("kind")[:1])


def _died(client: str) -> Exists:
    return Exists(the_dead().filter(pk=OuterRef(client)))


def _marks(ids: list[int]) -> dict[tuple[int, int], list[MarkRow]]:
    """Of each session and client, oldest first."""
    found: dict[tuple[int, int], list[MarkRow]] = defaultdict(list)
    for session, client, *rest, undo in _ask_marks(ids):
        found[session, client].append(MarkRow(*(*rest, undo is not None)))
    return found


@Prepared
def _ask_marks(ids: list[int]) -> "QuerySet[Any, Any]":
    return Attendance.objects.filter(session__in=ids).order_by("id").values_list(
        "session_id", "client_id", "id", "state", "arrived_late_minutes", "left_early_minutes", "reason",
        "late_entry", "recorded_at", "undo__id",
    )  # fmt: skip


def _facts(ids: list[int]) -> list[tuple[Any, ...]]:
    """Arrivals, notices, those taken back, people who were not seated, and calls, oldest first; one statement."""
    return sorted(_ask_facts(ids), key=lambda row: row[7])


@Prepared
def _ask_facts(ids: list[int]) -> "QuerySet[Any, Any]":
    def rows(model: Any, tag: str, **columns: Any) -> Any:
        empty = {
            "code": Value("", CharField()),
            "other": Value("", CharField()),
            "number": Value(0, IntegerField()),
            "words": Value("", CharField()),
        }
        named = {"tag": Value(tag, CharField())} | empty | columns
        of = model.objects.filter(session__in=ids).annotate(**{f"f_{name}": value for name, value in named.items()})
        return of.values_list(
            "f_tag", "session_id", "client_id", "f_code", "f_other", "f_number", "f_words", "recorded_at"
        )

    arrivals = rows(Arrival, "arrival", number=Cast("gone", IntegerField()))
    told = rows(
        AbsenceNotice, "told", code=_text("kind"), other=_text("undo__id"), number=Cast("minutes", IntegerField()),
        words=_text("reason"),
    )  # fmt: skip
    back = rows(NoticeUndo, "back")
    away = rows(NotSeated, "away", code=_text("why"), other=_text("way_home"), words=_text("note"))
    calls = rows(CallOutcome, "call", code=_text("result"), words=_text("note"))
    all_of_them: QuerySet[Any, Any] = arrivals.union(told, back, away, calls, all=True)
    return all_of_them


def _text(column: str) -> Cast:
    return Cast(column, CharField())


def _note(line: RosterLine, tag: str, code: str, other: str | None, number: int, words: str, at: datetime) -> None:
    if tag == "arrival":
        line.arrived_at = None if number else at
    elif tag == "told":
        told = Told(code, number, words, at)
        if other:
            line.taken_back += (told,)
        else:
            line.told += (told,)
    elif tag == "back":
        line.back_at = at
    elif tag == "away":
        line.away = Away(code, other or "", words, at)
    else:
        line.calls += (Call(code, words, at),)
