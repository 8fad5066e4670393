"""When a record is due to be deleted: pure, over days, terms and holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

#: what is due for longer should not wait for somebody to look by chance
LONG = timedelta(days=90)


@dataclass(frozen=True)
class Term:
    """So many years from the last moment, and at least to a birthday. `why`: language → the source."""

    years: int
    to_age: int | None = None
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Span:
    """What is known of one kind in one record: the last day that counts, and whether something in it still goes on."""

    last: date | None = None
    goes_on: bool = False


def later_years(day: date, years: int) -> date:
    """The same day so many years later; for 29 February the day after, so that nothing goes a day too early."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def ends_on(terms: Iterable[Term], last: date, born: date | None) -> date:
    """The first day on which no term holds any more: the longest wins.

    Without a birth date the years alone count: ten of them bring everybody over 19 who was nine or older.
    """
    ends = [last]
    for term in terms:
        ends.append(later_years(last, term.years))
        if term.to_age is not None and born is not None:
            ends.append(later_years(born, term.to_age))
    return max(ends)


def together(spans: Iterable[Span]) -> Span:
    """One kind in several parts of one record: the latest counts, and what goes on anywhere goes on."""
    known = list(spans)
    return Span(max((one.last for one in known if one.last), default=None), any(one.goes_on for one in known))


def due_on(spans: Mapping[str, Span], terms: Mapping[str, Iterable[Term]], born: date | None) -> date | None:
    """The first day on which the whole record may go; None where something in it goes on, or nothing tells its time.

    `spans` and `terms` are named by kind. A record goes as a whole, so its longest kind decides (45 CFR 164.530(j):
    papers may outlast the care they are about).
    """
    if any(span.goes_on for span in spans.values()):
        return None
    ends = [ends_on(terms[kind], span.last, born) for kind, span in spans.items() if span.last and kind in terms]
    return max(ends, default=None)


def may_go(due: date | None, held: bool, today: date) -> bool:
    """A hold always wins."""
    return due is not None and due <= today and not held


def waits_long(due: date, today: date) -> bool:
    return today - due > LONG
