"""What a row of finished forms says, as plain values. It says no more than was published about the instrument."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

from trellis.journey.measures.rules import Instrument
from trellis.journey.measures.rules.changing import Change, NoChangeRule, change

#: a picture of more forms than this tells nobody more: then each week is one point
MOST_FORMS = 120
#: no trend is said from fewer forms
FEWEST = 3


@dataclass(frozen=True)
class Finished:
    """One finished form, in the instrument's points; None where the form was not complete enough to say."""

    on: date
    status: str
    total: int | None
    subscores: Mapping[str, int | None]
    severity: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    """One number of an instrument that is drawn: its total (`key` is empty), or one of its subscores."""

    key: str
    low: int
    high: int
    bands: tuple[tuple[int, int, str], ...]
    #: more is better (the BAM's protective score); everywhere else less is
    rising: bool = False


@dataclass(frozen=True)
class Value:
    on: date
    value: float


@dataclass(frozen=True)
class Compared:
    """The newest number beside the first. `change` is None where nobody published what a difference means."""

    first: Value
    last: Value
    change: Change | None

    @property
    def delta(self) -> float:
        return self.last.value - self.first.value


#: numbers where more is better: a subscore (BAM: VA manual), or the total of an instrument (WHO-5, BARC-10)
RISING = {"protective", "taking_steps", "who-5", "barc-10"}


def scales(instrument: Instrument, ranges: Mapping[str, tuple[int, int]]) -> tuple[Scale, ...]:
    """What can be drawn of an instrument: its total where it has one, else each subscore. Nothing for a triage."""
    if instrument.total is not None:
        bands = (instrument.severity or {}).get("bands", ())
        low, high = instrument.total["min"], instrument.total["max"]
        named = tuple((first, last, code) for first, last, code in bands)
        return (Scale("", low, high, named, rising=instrument.name in RISING),)
    return tuple(
        Scale(key, ranges[key][0], ranges[key][1], bands=(), rising=key in RISING)
        for key in instrument.subscores
        if key in ranges
    )


def values(forms: Iterable[Finished], scale: Scale) -> list[Value]:
    """The numbers on one scale, oldest first; a form that gave none is left out, never counted as zero."""
    found = [Value(one.on, number) for one in forms if (number := _number(one, scale.key)) is not None]
    return sorted(found, key=lambda one: one.on)


def _number(form: Finished, key: str) -> int | None:
    return form.subscores.get(key) if key else form.total


def thinned(points: Sequence[Value]) -> list[Value]:
    """Many forms as one point a week: the mean of the seven days from the first form on, at their first day."""
    if len(points) <= MOST_FORMS:
        return list(points)
    begins = points[0].on
    weeks: dict[int, list[float]] = {}
    for one in points:
        weeks.setdefault((one.on - begins).days // 7, []).append(one.value)
    return [Value(begins + timedelta(weeks=week), round(mean(found), 1)) for week, found in sorted(weeks.items())]


def compared(instrument: Instrument, points: Sequence[Value], scale: Scale) -> Compared | None:
    """The newest beside the first; None for fewer than two. Only a total has a published value of change."""
    if len(points) < 2:
        return None
    first, last = points[0], points[-1]
    try:
        said = None if scale.key else change(instrument, first.value, last.value)
    except NoChangeRule:
        said = None
    return Compared(first, last, said)


def trend(points: Sequence[Value], scale: Scale) -> str:
    """`better`, `worse` or `steady`: the last three beside the three before them, or beside what there was before.

    In: numbers oldest first. A difference of less than a twentieth of the scale is steady. Empty: too few forms.
    A way of looking (ours), not a published rule: it is shown as a trend and never as proof of change.
    """
    if len(points) < FEWEST:
        return ""
    late = points[-FEWEST:]
    before = points[-2 * FEWEST : -FEWEST] or points[:1]
    moved = mean(one.value for one in late) - mean(one.value for one in before)
    if abs(moved) < (scale.high - scale.low) / 20:
        return "steady"
    return "better" if (moved > 0) == scale.rising else "worse"
