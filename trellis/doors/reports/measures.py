"""The measures by name, and the cases that each judges in one quarter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from trellis.doors.reports import rules, sources
from trellis.doors.reports.queries import Facts, KnownStay
from trellis.doors.reports.rules import FollowUp, Judged, Onward, Quarter, Tally

Group = str


@dataclass(frozen=True)
class Case:
    """One person, once: what began the time that is judged, and how it came out."""

    #: of the two, one is there
    client: int | None
    inquiry: int | None
    began: date
    judged: Judged
    #: how their stay ended, where that is what is asked
    reason: str = ""
    #: a death is on record: counted, and never named on a list
    has_died: bool = False

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client}" if self.client is not None else f"inquiry:{self.inquiry}",)


Cases = Callable[[Facts, Quarter, date], Iterator[Case]]


@dataclass(frozen=True)
class Measure:
    key: str
    group: Group
    days: int
    cases: Cases
    #: whether this program asks for it
    is_kept: Callable[[Facts], bool] = lambda facts: True


@dataclass(frozen=True)
class Measured:
    measure: Measure
    cases: tuple[Case, ...]
    is_kept: bool

    @property
    def tally(self) -> Tally:
        return rules.tally(one.judged.answer for one in self.cases)


def measured(measure: Measure, facts: Facts, quarter: Quarter, today: date) -> Measured:
    kept = measure.is_kept(facts)
    return Measured(measure, tuple(measure.cases(facts, quarter, today)) if kept else (), kept)


def _linked_here(days: int, facts: Facts, quarter: Quarter, today: date) -> Iterator[Case]:
    for one in facts.sent:
        admitted = [stay.opened for stay in facts.stays_of(one.client)]
        came = [*admitted, *_sat(facts, one.client)]
        died = facts.died.get(one.client) if one.client is not None else None
        judged = rules.linked_here(one.discharged, one.heard, came, days, today, died=died)
        inquiry = None if one.client is not None else one.inquiry
        yield Case(one.client, inquiry, one.discharged or one.heard, judged, has_died=died is not None)


def _linked_onward(days: int, facts: Facts, quarter: Quarter, today: date) -> Iterator[Case]:
    for one, closed in _ended_in(facts, quarter):
        judged = rules.linked_onward(
            one.stay, facts.onward.get(one.key, Onward()), facts.stays_of(one.client), days, today,
            died=facts.died.get(one.client),
        )  # fmt: skip
        yield _case(facts, one, closed, judged)


def _initiated(facts: Facts, quarter: Quarter, today: date) -> Iterator[Case]:
    for one in _opened_in(facts, quarter):
        judged = rules.initiated(
            one.stay, facts.stays_of(one.client), _sat(facts, one.client), today, died=facts.died.get(one.client)
        )
        yield _case(facts, one, one.stay.opened, judged)


def _engaged(facts: Facts, quarter: Quarter, today: date) -> Iterator[Case]:
    for one in _opened_in(facts, quarter):
        judged = rules.engaged(
            one.stay, facts.stays_of(one.client), _sat(facts, one.client), today, died=facts.died.get(one.client)
        )
        yield _case(facts, one, one.stay.opened, judged)


def _stayed(days: int, facts: Facts, quarter: Quarter, today: date) -> Iterator[Case]:
    for one in _opened_in(facts, quarter):
        judged = rules.stayed(one.stay, _sat(facts, one.client), days, today, died=facts.died.get(one.client))
        yield _case(facts, one, one.stay.opened, judged)


def _completed(facts: Facts, quarter: Quarter, today: date) -> Iterator[Case]:
    for one, closed in _ended_in(facts, quarter):
        yield _case(facts, one, closed, rules.completed(one.stay), one.stay.reason)


def _reached(days: int, facts: Facts, quarter: Quarter, today: date) -> Iterator[Case]:
    """The day on which it was due lies in the quarter."""
    for one in facts.stays:
        if one.stay.closed is None or not quarter.holds(one.stay.closed + timedelta(days)):
            continue
        found = facts.follow_ups.get((one.key, days), FollowUp())
        judged = rules.reached(
            one.stay, found, facts.stays_of(one.client), days, today, died=facts.died.get(one.client)
        )
        yield _case(facts, one, one.stay.closed + timedelta(days), judged)


def _is_followed_up(days: int, facts: Facts) -> bool:
    return days in sources.follow_up_days()


def _opened_in(facts: Facts, quarter: Quarter) -> Iterator[KnownStay]:
    return (one for one in facts.stays if quarter.holds(one.stay.opened))


def _ended_in(facts: Facts, quarter: Quarter) -> Iterator[tuple[KnownStay, date]]:
    for one in facts.stays:
        if one.stay.closed is not None and quarter.holds(one.stay.closed):
            yield one, one.stay.closed


def _sat(facts: Facts, client: int | None) -> frozenset[date]:
    return facts.sat.get(client, frozenset()) if client is not None else frozenset()


def _case(facts: Facts, one: KnownStay, began: date, judged: Judged, reason: str = "") -> Case:
    return Case(one.client, None, began, judged, reason, one.client in facts.died)


HERE, ONWARD, START, STAY, ENDED, AFTER = "linked-here", "linked-onward", "start", "stay", "ended", "after"
MEASURES: tuple[Measure, ...] = (
    *(Measure(f"linked-here-{days}", HERE, days, partial(_linked_here, days)) for days in rules.LINKED),
    *(Measure(f"linked-onward-{days}", ONWARD, days, partial(_linked_onward, days)) for days in rules.LINKED),
    Measure("initiated", START, rules.START, _initiated),
    Measure("engaged", START, rules.ENGAGED, _engaged),
    *(Measure(f"stayed-{days}", STAY, days, partial(_stayed, days)) for days in rules.STAYED),
    Measure("completed", ENDED, 0, _completed),
    *(
        Measure(f"reached-{days}", AFTER, days, partial(_reached, days), partial(_is_followed_up, days))
        for days in sources.FOLLOW_UP_DAYS
    ),
)
BY_KEY = {one.key: one for one in MEASURES}
