"""What is usual here: how the program's own past clients fared, week by week of their stay. Pure.

The middle of those who came before is no aim and no verdict. It helps a team to notice early that somebody's way is
another one, while there is time to talk about it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

from trellis.journey.care.trajectories.rules import Scale, Value

#: a week is drawn from so many people at least, so that it is nobody's own path
FEWEST_IN_A_WEEK = 10
#: so many weeks in a row before anybody is asked to look
IN_A_ROW = 2


@dataclass(frozen=True)
class Past:
    """One form of a finished stay: which stay, on which of its days (0 is the first), and its number."""

    stay: int
    day: int
    value: float


@dataclass(frozen=True)
class Middle:
    """One week of a stay (0 is the first): the middle eight of ten people, within them the middle half."""

    week: int
    low: float
    lower: float
    upper: float
    high: float


@dataclass(frozen=True)
class Usual:
    """`weeks` is empty while there are too few finished stays."""

    stays: int
    at_least: int
    weeks: tuple[Middle, ...] = ()

    def of(self, week: int) -> Middle | None:
        return next((one for one in self.weeks if one.week == week), None)


@dataclass(frozen=True)
class Outside:
    """A week whose number lies beyond the middle eight of ten on the hard side. `edge` is where that ends."""

    week: int
    value: float
    edge: float


def quantile(ordered: Sequence[float], part: float) -> float:
    """The value below which so large a part lies, between two neighbours in proportion. In order, at least one."""
    place = (len(ordered) - 1) * part
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def usual(past: Iterable[Past], at_least: int) -> Usual:
    """From finished stays: each counts once a week, with the mean of its forms in that week."""
    weeks: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    stays = set()
    for one in past:
        if one.day >= 0:
            stays.add(one.stay)
            weeks[one.day // 7][one.stay].append(one.value)
    if len(stays) < at_least:
        return Usual(len(stays), at_least)
    found = ((week, sorted(mean(numbers) for numbers in of.values())) for week, of in sorted(weeks.items()))
    return Usual(
        len(stays), at_least, tuple(_middle(week, of) for week, of in found if len(of) >= FEWEST_IN_A_WEEK)
    )  # fmt: skip


def _middle(week: int, ordered: Sequence[float]) -> Middle:
    low, lower, upper, high = (round(quantile(ordered, part), 1) for part in (0.1, 0.25, 0.75, 0.9))
    return Middle(week, low, lower, upper, high)


def by_week(points: Iterable[Value], began: date) -> dict[int, float]:
    """The mean of the forms of each week of a stay; what lies before it is left out."""
    weeks: dict[int, list[float]] = defaultdict(list)
    for one in points:
        if one.on >= began:
            weeks[(one.on - began).days // 7].append(one.value)
    return {week: round(mean(found), 1) for week, found in sorted(weeks.items())}


def off_track(points: Iterable[Value], began: date, band: Usual, scale: Scale) -> tuple[Outside, ...]:
    """The newest weeks in a row beyond the band on the hard side; empty for fewer than two.

    Weeks without a form do not count. One that lies within the band ends the row, and one without a band does, too:
    whoever stays longer than most is not held against their first weeks.
    """
    known: Mapping[int, float] = by_week(points, began)
    found: list[Outside] = []
    for week in sorted(known, reverse=True):
        middle = band.of(week)
        if middle is None:
            break
        edge = middle.low if scale.rising else middle.high
        if known[week] >= edge if scale.rising else known[week] <= edge:
            break
        found.append(Outside(week, known[week], edge))
    return tuple(reversed(found)) if len(found) >= IN_A_ROW else ()


def week_of_stay(day: date, began: date) -> int:
    """0 is the first; below it: before the stay."""
    return (day - began).days // 7


def first_day(week: int, began: date) -> date:
    return began + timedelta(weeks=week)
