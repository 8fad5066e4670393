"""The minutes ledger: one client's program week, explained down to the session."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from trellis.journey.schedule.rules.cuts import Belonging, cut_of
from trellis.journey.schedule.rules.minutes import (
    Counting,
    HowItCounts,
    Span,
    counted,
    how_it_counts,
    merged,
    minute,
    seated,
    total,
    without,
)
from trellis.journey.schedule.states import SEATED, Cut, LineState, Mark

#: a track holds half an hour more than a week asks: one late arrival does not cost the week, nor a shorter one
SPARE_MINUTES = 30


@dataclass(frozen=True)
class MarkFact:
    state: str
    late: int = 0
    left_early: int = 0


@dataclass(frozen=True)
class Sitting:
    """One session as it concerns one client; plain values."""

    session: int
    public_id: str
    names: Mapping[str, str]
    kind: str
    day: date  # on the program's calendar
    starts_at: datetime
    ends_at: datetime
    break_after: int
    break_minutes: int
    counting: Counting
    cancelled: bool = False
    cancel_reason: str = ""
    people: int = 0  # how many sat there, clients of a joined group too
    mark: MarkFact | None = None
    not_seated: bool = False
    cannot_come: bool = False
    added: bool = False  # sat in without being enrolled
    belonging: Belonging = field(default_factory=Belonging)


@dataclass(frozen=True)
class Line:
    sitting: Sitting
    state: str
    cut: str | None
    planned: int  # countable minutes that the session could give this client
    attended: int  # minutes in the room, net of breaks
    countable: int
    overlap: int  # minutes that another session of this client counts already
    how: HowItCounts


@dataclass(frozen=True)
class WeekLedger:
    """All in minutes. `enough`: what a whole week asks; `target`: what this week, as far as it was offered, asks."""

    start: date
    end: date
    prescribed: int | None
    enough: int
    days_needed: int
    lines: tuple[Line, ...]
    planned: int
    cut_minutes: int
    attended: int
    countable: int
    to_come: int
    unmarked: int
    target: int
    days_attended: int
    #: a part of `cut_minutes`: of sessions before the first day that were never made, so that no line tells of them
    never_made: int = 0

    @property
    def projected(self) -> int:
        """What the week will come to if the rest goes as planned and marks that lack are made."""
        return self.countable + self.to_come + self.unmarked

    @property
    def short(self) -> int:
        return max(0, self.target - self.projected)

    @property
    def short_by_plan(self) -> int:
        """What no attendance could have given: the plan itself holds less than the week asks."""
        return max(0, self.target - self.planned)

    @property
    def short_by_absence(self) -> int:
        return self.short - min(self.short, self.short_by_plan)

    @property
    def cuts(self) -> tuple[str, ...]:
        found: set[str] = {line.cut for line in self.lines if line.cut}
        return tuple(sorted(found | {Cut.START.value} if self.never_made else found))

    @property
    def reached(self) -> bool:
        return self.countable >= self.target


def ledger(
    sittings: Iterable[Sitting],
    *,
    start: date,
    end: date,
    enough: int,
    days_needed: int,
    prescribed: int | None,
    now: datetime,
    never_made: Iterable[Span] = (),
) -> WeekLedger:
    """One client's program week. `enough` is the hour rule's minimum in minutes (ASAM 2.1: 540, under 21: 360).

    An order below it lowers it; an order above it is shown beside it. Overlapping sessions count each minute once, in
    the order of their starts. A cut week asks what was offered, less the half hour that a whole week has to spare.
    `never_made`: what the client's groups held before their first day, of which there are no sessions (rules.starts).
    """
    lines = _lines(sorted(sittings, key=lambda s: (s.starts_at, s.session)), now)
    enough = enough if prescribed is None else min(enough, prescribed)
    planned = sum(line.planned for line in lines if line.cut is None)
    missing = total(never_made)
    cut_minutes = sum(line.planned for line in lines if line.cut is not None) + missing
    return WeekLedger(
        start,
        end,
        prescribed,
        enough,
        days_needed,
        lines,
        planned=planned,
        cut_minutes=cut_minutes,
        attended=total(merged(span for line in lines for span in _in_room(line.sitting))),
        countable=sum(line.countable for line in lines),
        to_come=_sum(lines, LineState.PLANNED),
        unmarked=_sum(lines, LineState.UNMARKED),
        target=target(enough, planned, cut_minutes),
        days_attended=len({line.sitting.day for line in lines if line.countable}),
        never_made=missing,
    )


def target(enough: int, planned: int, cut_minutes: int) -> int:
    """What the week asks, in minutes: `enough`, unless a cut week offered less."""
    if cut_minutes == 0 or planned >= enough:
        return enough
    return max(0, planned - SPARE_MINUTES)


def _sum(lines: Iterable[Line], state: str) -> int:
    return sum(line.planned for line in lines if line.state == state)


def _lines(sittings: list[Sitting], now: datetime) -> tuple[Line, ...]:
    """Cut sessions stand apart: what they would have given takes no minute from the others."""
    taken: dict[bool, list[Span]] = {True: [], False: []}
    counted_already: list[Span] = []
    lines = []
    for sitting in sittings:
        cut = cut_of(sitting.belonging, sitting.day, sitting.cancelled, sitting.cancel_reason, _was_there(sitting))
        plan = _plan(sitting)
        fresh = without(plan, taken[cut is not None])
        taken[cut is not None].extend(fresh)
        lines.append(_line(sitting, cut, state_of(sitting, cut, now), total(fresh), counted_already))
    return tuple(lines)


def _line(sitting: Sitting, cut: str | None, state: str, planned: int, counted_already: list[Span]) -> Line:
    room = _in_room(sitting)
    how = how_it_counts(sitting.counting, sitting.people)
    counts = room if how.countable else ()
    fresh = without(counts, counted_already)
    counted_already.extend(fresh)
    return Line(sitting, state, cut, planned, total(room), total(fresh), overlap=total(counts) - total(fresh), how=how)


def state_of(sitting: Sitting, cut: str | None, now: datetime) -> str:
    if cut is not None:
        return LineState.CUT
    if sitting.not_seated:
        return LineState.NOT_SEATED
    if sitting.mark is not None:
        return _MARKED.get(sitting.mark.state, LineState.ATTENDED)
    if sitting.ends_at <= now:
        return LineState.UNMARKED
    return LineState.CANNOT_COME if sitting.cannot_come else LineState.PLANNED


_MARKED = {Mark.ABSENT.value: LineState.ABSENT, Mark.EXCUSED.value: LineState.EXCUSED}


def _was_there(sitting: Sitting) -> bool:
    return sitting.mark is not None and sitting.mark.state in SEATED


def _whole(sitting: Sitting) -> tuple[Span, ...]:
    return counted(minute(sitting.starts_at), minute(sitting.ends_at), sitting.break_after, sitting.break_minutes)


def _plan(sitting: Sitting) -> tuple[Span, ...]:
    return _whole(sitting) if sitting.counting.countable else ()


def _in_room(sitting: Sitting) -> tuple[Span, ...]:
    if not _was_there(sitting) or sitting.mark is None or sitting.cancelled:
        return ()
    return seated(_whole(sitting), sitting.mark.late, sitting.mark.left_early)
