"""One measure over time: whole points in, positions in SVG user units out. Pure; the words are put beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, GUTTER, EDGE = 340.0, 30.0, 8.0
TOP, PLOT = 14.0, 150.0
STRIP, GAP = 26.0, 10.0  # the bars underneath
FOOT = 20.0
#: so many dots stand apart on a phone; beyond it the line alone is drawn
MOST_DOTS = 40


@dataclass(frozen=True)
class Dot:
    """One finished form. `words`: what it came to, in a table's cell."""

    on: date
    value: float
    words: str = ""


@dataclass(frozen=True)
class Band:
    """From `low` to `high`, both of the scale."""

    low: float
    high: float
    words: str


@dataclass(frozen=True)
class Range:
    """What is usual in the days from `since` to `until`: from `low` to `high` of the scale."""

    since: date
    until: date
    low: float
    high: float


@dataclass(frozen=True)
class Bar:
    """So many in the week that begins on this day."""

    on: date
    number: int


@dataclass(frozen=True)
class Event:
    on: date
    words: str


@dataclass(frozen=True)
class DrawnBand:
    y: float
    height: float
    band: Band
    tint: int


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    words: str = ""


@dataclass(frozen=True)
class DrawnBar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Trajectory:
    line: str
    dots: tuple[Mark, ...]
    last: Mark
    bands: tuple[DrawnBand, ...]
    marks: tuple[Mark, ...]
    bars: tuple[DrawnBar, ...]
    events: tuple[Mark, ...]
    first_day: date
    last_day: date
    foot: float
    strip_foot: float
    #: areas behind the line, the widest first
    usual: tuple[str, ...] = ()
    width: float = WIDTH
    left: float = GUTTER
    right: float = WIDTH - EDGE
    top: float = TOP

    @property
    def key(self) -> list[str]:
        """What the bands are called, from the highest down."""
        return [f"{one.band.low:g}–{one.band.high:g} {one.band.words}" for one in reversed(self.bands)]

    @property
    def bars_path(self) -> str:
        """All bars as one shape: a hundred weeks stay a light page."""
        return "".join(
            f"M{bar.x:g} {self.strip_foot:g}V{bar.y:g}h{bar.width:g}V{self.strip_foot:g}z" for bar in self.bars
        )

    @property
    def plot_width(self) -> float:
        return round(self.right - self.left, 1)

    @property
    def number_x(self) -> float:
        return self.left - 5

    @property
    def height(self) -> float:
        return round(self.strip_foot + FOOT, 1)


def trajectory(
    dots: Sequence[Dot], *, low: float, high: float, bands: Sequence[Band] = (), bars: Sequence[Bar] = (),
    events: Sequence[Event] = (), usual: Sequence[Sequence[Range]] = (),
) -> Trajectory:  # fmt: skip
    """Lay one measure out over its days.

    In: finished forms in any order, the ends of the scale, bands of the scale, weekly numbers to draw underneath, days
    to mark. Out: a line through the forms in order of their days, oldest at the left; what lies outside of the days
    drawn is left out.
    Raises ValueError without a form, for a scale that does not rise, and for a value outside of it.
    """
    if not dots:
        raise ValueError("A trajectory has at least one form.")
    if not low < high:
        raise ValueError("A scale rises.")
    if any(not low <= dot.value <= high for dot in dots):
        raise ValueError("A value lies within its scale.")
    ordered = sorted(dots, key=lambda dot: dot.on)
    first, last = ordered[0].on, ordered[-1].on
    place = _Place(first, max(last, first + timedelta(days=1)), low, high)
    marks = [Mark(place.x(dot.on), place.y(dot.value), dot.words) for dot in ordered]
    drawn = _bars(bars, place)
    return Trajectory(
        line="M" + " L".join(f"{mark.x} {mark.y}" for mark in marks),
        dots=tuple(marks) if len(marks) <= MOST_DOTS else (),
        last=marks[-1],
        bands=_drawn_bands(bands, place),
        marks=tuple(Mark(0, place.y(value), f"{value:g}") for value in _edges(low, high, bands)),
        bars=drawn,
        events=tuple(Mark(place.x(one.on), TOP, one.words) for one in events if first <= one.on <= last),
        first_day=first,
        last_day=last,
        foot=TOP + PLOT,
        strip_foot=TOP + PLOT + (GAP + STRIP if drawn else 0),
        usual=tuple(path for ranges in usual if (path := _area(ranges, place))),
    )


@dataclass(frozen=True)
class _Place:
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        part = (day - self.first) / (self.last - self.first)
        return round(GUTTER + (WIDTH - GUTTER - EDGE) * part, 1)

    def y(self, value: float) -> float:
        return round(TOP + PLOT * (self.high - value) / (self.high - self.low), 1)


def _drawn_bands(bands: Sequence[Band], place: _Place) -> tuple[DrawnBand, ...]:
    """From the lowest up. A band of whole numbers reaches to where the next begins: 5 to 9 meets 10 to 14."""
    tops = [place.y(band.low) for band in bands[1:]] + [place.y(band.high) for band in bands[-1:]]
    return tuple(
        DrawnBand(top, round(place.y(band.low) - top, 1), band, number % 2)
        for number, (band, top) in enumerate(zip(bands, tops, strict=True))
    )


def _area(ranges: Sequence[Range], place: _Place) -> str:
    """One closed path for each run of ranges that touch: over the highs and back under the lows, in their middles."""
    seen = [one for one in ranges if one.until >= place.first and one.since <= place.last]
    runs: list[list[Range]] = []
    for one in seen:
        if runs and (one.since - runs[-1][-1].until).days <= 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return " ".join(_closed(run, place) for run in runs)


def _closed(run: Sequence[Range], place: _Place) -> str:
    middles = [one.since + (one.until - one.since) / 2 for one in run]
    days = [run[0].since, *middles, run[-1].until]
    along = [run[0], *run, run[-1]]
    xs = [place.x(min(max(day, place.first), place.last)) for day in days]
    over = [f"{x} {place.y(one.high)}" for x, one in zip(xs, along, strict=True)]
    under = [f"{x} {place.y(one.low)}" for x, one in zip(xs, along, strict=True)]
    return "M" + " L".join([*over, *reversed(under)]) + "Z"


def _edges(low: float, high: float, bands: Sequence[Band]) -> list[float]:
    """Where a number stands at the side: the ends of the scale, and where a band begins."""
    return sorted({low, high, *(band.low for band in bands)})


def _bars(bars: Sequence[Bar], place: _Place) -> tuple[DrawnBar, ...]:
    seen = [bar for bar in bars if bar.on <= place.last and bar.on + timedelta(days=6) >= place.first]
    most = max((bar.number for bar in seen), default=0)
    if most == 0:
        return ()
    foot = TOP + PLOT + GAP + STRIP
    drawn = []
    for bar in seen:
        left, right = (place.x(min(max(day, place.first), place.last)) for day in (bar.on, bar.on + timedelta(days=6)))
        height = round(STRIP * bar.number / most, 1)
        drawn.append(DrawnBar(left, round(foot - height, 1), max(round(right - left - 0.4, 1), 1.2), height))
    return tuple(drawn)
