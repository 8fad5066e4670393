"""What speaks for going on, for less, for more, and for an end: reasons with figures of the record. Pure.

A way of looking (ours), not a published rule and no score: each reason says which figures it is made of, a reason that
cannot be formed is named as missing, and a clinician decides. The order follows how much speaks for each way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from trellis.journey.admission.levels.rules import DIMENSIONS, LEVELS, VALUES, Fact

Way = Literal["continue", "step_down", "step_up", "discharge"]
#: where as much speaks for two ways the one that changes less stands first
WAYS: tuple[Way, ...] = ("continue", "step_down", "step_up", "discharge")


@dataclass(frozen=True)
class Terms:
    """Of the blueprint: from which figures on something is said."""

    #: ratings older than this are shown, and named as old
    old_days: int
    #: a stay shorter than this has hardly begun; one longer than that has gone on for long
    short_days: int
    long_days: int
    #: so many of a hundred sessions are most of them, and fewer than so many are few
    most_percent: int
    few_percent: int
    #: so many late ones of a hundred are worth a word
    late_percent: int
    #: shares of two fortnights that lie closer than this are the same
    moved_percent: int


@dataclass(frozen=True)
class Rated:
    """Ratings as they stood on a day, and the level that the program's rules made of them."""

    on: date
    level: str
    #: fact → its value, None where nobody knew
    facts: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Dose:
    """One whole week: sessions that were theirs to come to, those they came to (late: of these), and minutes."""

    offered: int
    came: int
    late: int
    asked: int
    countable: int


@dataclass(frozen=True)
class Measured:
    """One number over the stay. `change` and `target` are None where nobody published what a difference means."""

    instrument: str
    scale: str
    first: float
    last: float
    forms: int
    change: Literal["improved", "none", "worsened"] | None = None
    target: bool | None = None
    #: of the last three beside those before: better, worse, steady; empty for too few
    trend: str = ""
    #: the newest weeks in a row outside of what is usual here, and where that ends
    off: tuple[float, ...] = ()
    edge: float = 0


@dataclass(frozen=True)
class Record:
    """What the record holds about one stay, as plain values. Everything may be missing."""

    level: str
    days: int
    today: date
    rated: Sequence[Rated] = ()  # oldest first
    weeks: Sequence[Dose] = ()  # whole weeks, oldest first, four at most
    measures: Sequence[Measured] = ()
    #: days of safety alerts in the last four weeks
    alerts: Sequence[date] = ()
    #: day, and whether a form said some use, in the last four weeks
    uses: Sequence[tuple[date, bool]] = ()


@dataclass(frozen=True)
class Reason:
    """One sentence about the record: `key` finds its words, `figures` stand in it (a day as ISO)."""

    key: str
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    way: Way
    speaks_for: tuple[Reason, ...]
    against: tuple[Reason, ...]


@dataclass(frozen=True)
class Advice:
    """`options` holds all four ways, what has the most for it first. `even`: those for which as much speaks."""

    options: tuple[Option, ...]
    even: tuple[Way, ...]
    missing: tuple[Reason, ...]


#: how much a reason counts for (above 0) or against (below 0) a way
Weights = Mapping[Way, int]
Found = tuple[Reason, Weights]


def advise(record: Record, terms: Terms) -> Advice:
    """All four ways with their reasons, whatever is known; total over records."""
    found = [one for rule in _RULES for one in rule(record, terms)]
    options = {way: _option(way, found) for way in WAYS}
    sums = {way: sum(weights.get(way, 0) for _, weights in found) for way in WAYS}
    order = sorted(WAYS, key=lambda way: (-sums[way], WAYS.index(way)))
    even = tuple(way for way in order if sums[way] == sums[order[0]])
    return Advice(
        tuple(options[way] for way in order), even if len(even) > 1 else (), tuple(_missing(record, terms))
    )  # fmt: skip


def _option(way: Way, found: Sequence[Found]) -> Option:
    """What counts most stands first."""
    mine = sorted(((weights.get(way, 0), reason) for reason, weights in found), key=lambda one: -abs(one[0]))
    return Option(
        way,
        tuple(reason for weight, reason in mine if weight > 0),
        tuple(reason for weight, reason in mine if weight < 0),
    )


# --- the reasons ------------------------------------------------------------------------------------------------------


def _safety(record: Record, terms: Terms) -> Iterator[Found]:
    if record.alerts:
        figures = {"number": len(record.alerts), "last": max(record.alerts).isoformat()}
        yield Reason("alerts", figures), {"step_up": 3, "step_down": -3, "discharge": -3}
    elif record.days >= terms.short_days:
        yield Reason("no_alerts"), {"step_down": 1, "discharge": 1}


def _level(record: Record, _terms: Terms) -> Iterator[Found]:
    """What the program's rules made of the newest ratings, beside the level of the stay."""
    if not record.rated or record.level not in LEVELS:
        return
    newest = record.rated[-1]
    figures = {"on": newest.on.isoformat(), "level": newest.level, "now": record.level}
    above = LEVELS.index(newest.level) - LEVELS.index(record.level)
    if above > 0:
        yield Reason("rules_higher", figures), {"step_up": 4, "continue": -1, "step_down": -3, "discharge": -3}
    elif above == 0:
        yield Reason("rules_same", figures), {"continue": 4, "step_down": -1, "step_up": -1, "discharge": -2}
    elif newest.level == LEVELS[0]:
        yield Reason("rules_lowest", figures), {"discharge": 4, "step_down": 3, "continue": -1, "step_up": -3}
    else:
        yield Reason("rules_lower", figures), {"step_down": 4, "continue": -1, "step_up": -3, "discharge": -1}


def _ratings(record: Record, _terms: Terms) -> Iterator[Found]:
    """The dimensions now beside the first rating of the stay: which fell, and which rose."""
    if len(record.rated) < 2:
        return
    first, last = record.rated[0], record.rated[-1]
    fell: list[list[Any]] = []
    rose: list[list[Any]] = []
    for fact in DIMENSIONS:
        was, now = _place(fact, first.facts.get(fact)), _place(fact, last.facts.get(fact))
        if was is not None and now is not None and was != now:
            (fell if now < was else rose).append([str(fact), was, now])
    if fell:
        figures = {"moved": fell, "since": first.on.isoformat()}
        yield Reason("ratings_better", figures), {"step_down": len(fell), "discharge": len(fell)}
    if rose:
        figures = {"moved": rose, "since": first.on.isoformat()}
        yield Reason("ratings_worse", figures), {"step_up": 2, "step_down": -2, "discharge": -2}


def _place(fact: Fact, value: str | None) -> int | None:
    return VALUES[fact].index(value) if value in VALUES[fact] else None


def _dose(record: Record, terms: Terms) -> Iterator[Found]:
    """Sessions and hours of the last whole weeks."""
    offered, came = sum(one.offered for one in record.weeks), sum(one.came for one in record.weeks)
    if not offered:
        return
    figures = {
        "came": came, "offered": offered, "weeks": len(record.weeks),
        "countable": sum(one.countable for one in record.weeks), "asked": sum(one.asked for one in record.weeks),
    }  # fmt: skip
    if came * 100 >= offered * terms.most_percent:
        yield Reason("came_most", figures), {"continue": 1, "step_down": 1, "discharge": 1}
    elif came * 100 < offered * terms.few_percent:
        yield Reason("came_few", figures), {"continue": 2, "step_down": -2, "step_up": -1, "discharge": -2}
    else:
        yield Reason("came_some", figures), {"continue": 1, "step_down": -1, "discharge": -1}
    late = sum(one.late for one in record.weeks)
    if late and late * 100 >= came * terms.late_percent:
        yield Reason("late", {"late": late, "came": came}), {"continue": 1, "discharge": -1}


def _attendance(record: Record, terms: Terms) -> Iterator[Found]:
    """The last two weeks beside the two before."""
    if len(record.weeks) < 4:
        return
    before, lately = record.weeks[-4:-2], record.weeks[-2:]
    offered_before, offered = sum(one.offered for one in before), sum(one.offered for one in lately)
    if not offered_before or not offered:
        return
    came_before, came = sum(one.came for one in before), sum(one.came for one in lately)
    figures = {"came_before": came_before, "offered_before": offered_before, "came": came, "offered": offered}
    moved = (came * offered_before - came_before * offered) * 100
    enough = terms.moved_percent * offered * offered_before
    if moved <= -enough:
        yield Reason("comes_less", figures), {"step_up": 1, "step_down": -2, "discharge": -2}
    elif moved >= enough:
        yield Reason("comes_more", figures), {"continue": 1, "step_up": -1}


def _measures(record: Record, _terms: Terms) -> Iterator[Found]:
    for one in record.measures:
        figures = {"instrument": one.instrument, "scale": one.scale, "first": one.first, "last": one.last}
        if one.change is None:
            yield from _trend(one, figures)
        elif one.change == "improved":
            key = "measure_target" if one.target else "measure_better"
            yield Reason(key, figures), {"step_down": 2, "discharge": 2 if one.target else 1}
        elif one.change == "worsened":
            yield Reason("measure_worse", figures), {"step_up": 2, "step_down": -2, "discharge": -2}
        elif one.forms > 1 and not one.target:
            yield Reason("measure_still", figures), {"continue": 1, "step_down": -1, "discharge": -1}
        if one.off:
            yield Reason("off_track", {**figures, "numbers": list(one.off), "edge": one.edge}), {
                "step_up": 1, "step_down": -1, "discharge": -1,
            }  # fmt: skip


def _trend(one: Measured, figures: Mapping[str, Any]) -> Iterator[Found]:
    if one.trend == "better":
        yield Reason("trend_better", figures), {"step_down": 1, "discharge": 1}
    elif one.trend == "worse":
        yield Reason("trend_worse", figures), {"step_up": 1, "step_down": -1, "discharge": -1}


def _use(record: Record, _terms: Terms) -> Iterator[Found]:
    """What forms of the last four weeks said about use; a person's own word, no test."""
    if not record.uses:
        return
    some = [day for day, used in record.uses if used]
    figures = {"some": len(some), "forms": len(record.uses)}
    if some:
        weights: Weights = {"continue": 1, "step_up": 1, "step_down": -1, "discharge": -2}
        yield Reason("use_some", {**figures, "last": max(some).isoformat()}), weights
    else:
        yield Reason("use_none", figures), {"step_down": 2, "discharge": 2}


def _stay(record: Record, terms: Terms) -> Iterator[Found]:
    if record.days < terms.short_days:
        yield Reason("days_few", {"days": record.days}), {"continue": 2, "step_down": -1, "discharge": -3}
    elif record.days > terms.long_days:
        yield Reason("days_many", {"days": record.days}), {"step_down": 1, "discharge": 1}


_RULES: tuple[Callable[[Record, Terms], Iterator[Found]], ...] = (
    _safety, _level, _ratings, _dose, _attendance, _measures, _use, _stay,
)  # fmt: skip


# --- what is not known ------------------------------------------------------------------------------------------------


def _missing(record: Record, terms: Terms) -> Iterator[Reason]:
    if not record.rated:
        yield Reason("no_ratings")
    else:
        days = (record.today - record.rated[-1].on).days
        if days > terms.old_days:
            yield Reason("old_ratings", {"days": days, "on": record.rated[-1].on.isoformat()})
        if len(record.rated) == 1:
            yield Reason("rated_once", {"on": record.rated[-1].on.isoformat()})
        unknown = [str(fact) for fact in DIMENSIONS if record.rated[-1].facts.get(fact) is None]
        if unknown:
            yield Reason("dimensions_unknown", {"facts": unknown})
    if not any(one.offered for one in record.weeks):
        yield Reason("no_weeks")
    if not record.measures:
        yield Reason("no_measures")
    if not record.uses:
        yield Reason("no_use")
    # No room records what a test found; until one does this is always said.
    yield Reason("no_toxicology")
