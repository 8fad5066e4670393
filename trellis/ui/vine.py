"""The week vine: whole minutes in, SVG path data out. Pure; the words are put beside it by the component."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, sin, sqrt
from typing import Literal

LeafState = Literal["attended", "planned", "next", "missed", "excused"]
PAST = ("attended", "missed", "excused")

MIDDLE, SWELL, WAVE = 56.0, 4.5, 180.0
MARGIN, TOP, HEIGHT = 9.0, 20.0, 106.0
PIECE = 24.0
LABEL_HALF = 100.0  # of the longest label in Spanish, in the letters of a narrow drawing
USUAL_SESSION = 180


@dataclass(frozen=True)
class Leaf:
    """One session of the week. `minutes` were planned, `attended` were counted."""

    label: str
    minutes: int
    state: LeafState
    attended: int = 0
    word: str = ""


@dataclass(frozen=True)
class DrawnLeaf:
    session: Leaf
    x: float
    y: float
    angle: int
    scale: float

    @property
    def transform(self) -> str:
        return f"translate({self.x} {self.y}) rotate({self.angle}) scale({self.scale})"


@dataclass(frozen=True)
class Tick:
    x: float
    hours: int
    last: bool


@dataclass(frozen=True)
class Vine:
    attended: int
    planned: int
    enough: int
    reach: int
    width: float
    height: float
    end: int
    done: str
    ahead: str
    lost: str
    base: str
    leaves: tuple[DrawnLeaf, ...]
    ticks: tuple[Tick, ...]
    enough_x: float
    enough_anchor: str
    enough_top: float
    enough_foot: float

    @property
    def shown_width(self) -> float:
        return _r(self.width * 1.2)

    @property
    def sessions(self) -> tuple[Leaf, ...]:
        return tuple(leaf.session for leaf in self.leaves)


def vine(sessions: Sequence[Leaf], *, attended: int, planned: int, enough: int, width: float = 320.0) -> Vine:
    """Lay a week out along a stem.

    In: the sessions in order of time, and the week's attended, planned and enough minutes, each 0 or more.
    Out: the stem in three parts (solid: attended; pale: still ahead; dashed: planned but no longer within
    reach), a leaf for each session, hour ticks and the mark at enough. Lengths are in SVG user units.
    What was missed takes no length, so the pale part ends where the week can still end.
    Raises ValueError for negative minutes.
    """
    if min([attended, planned, enough, *(n for s in sessions for n in (s.minutes, s.attended))]) < 0:
        raise ValueError("Minutes of a week are never negative.")
    reach = attended + sum(s.minutes for s in sessions if s.state not in PAST)
    whole = max(planned, reach)
    step = _step(max(whole, enough, 60))
    end = ceil(max(whole, enough, 60) / step) * step
    scale = _Scale(end, width)
    enough_x = scale.x(enough)
    return Vine(
        attended=attended, planned=planned, enough=enough, reach=reach, width=width, height=HEIGHT, end=end,
        done=_curve(scale.x(0), scale.x(attended)),
        ahead=_curve(scale.x(attended), scale.x(reach)),
        lost=_curve(scale.x(reach), scale.x(whole)),
        base=_curve(scale.x(whole), scale.x(end)),
        leaves=tuple(_leaves(sessions, attended, scale)),
        ticks=tuple(Tick(scale.x(m), m // 60, m == end) for m in range(0, end + 1, step)),
        enough_x=enough_x,
        enough_anchor=_anchor(enough_x, width),
        enough_top=TOP,
        enough_foot=_r(_height(enough_x) + 9),
    )  # fmt: skip


@dataclass(frozen=True)
class _Scale:
    end: int
    width: float

    def x(self, minutes: float) -> float:
        return _r(MARGIN + (self.width - 2 * MARGIN) * minutes / self.end)


def _leaves(sessions: Sequence[Leaf], attended: int, scale: _Scale) -> Iterator[DrawnLeaf]:
    counted = sum(s.attended for s in sessions if s.state == "attended")
    stretch = attended / counted if counted else 0.0
    cursor, future, fallen = 0.0, float(attended), 0
    for n, session in enumerate(sessions):
        if session.state == "attended":
            span = session.attended * stretch
            x, cursor, fallen = scale.x(cursor + span / 2), cursor + span, 0
        elif session.state in PAST:
            x, fallen = _r(min(scale.x(cursor) + 11 * fallen, scale.width - MARGIN)), fallen + 1
        else:
            x, future = scale.x(future + session.minutes / 2), future + session.minutes
        yield DrawnLeaf(session, x, _r(_height(x)), 24 if n % 2 == 0 else 150, _size(session))


def _size(session: Leaf) -> float:
    minutes = session.attended if session.state == "attended" else session.minutes
    return round(min(1.25, max(0.66, 1.14 * sqrt(minutes / USUAL_SESSION))), 2)


def _step(minutes: int) -> int:
    return next((step for step in (60, 180, 300) if minutes <= 5 * step), 600)


def _anchor(x: float, width: float) -> str:
    if LABEL_HALF <= x <= width - LABEL_HALF:
        return "middle"
    return "start" if x < width / 2 else "end"


def _curve(start: float, end: float) -> str:
    """A cubic through the gentle wave of the stem, from one x to another; empty where there is no length."""
    if end - start < 0.5:
        return ""
    pieces = ceil((end - start) / PIECE)
    third = (end - start) / pieces / 3
    path = [f"M{_r(start)} {_r(_height(start))}"]
    for n in range(pieces):
        a, b = start + 3 * third * n, start + 3 * third * (n + 1)
        path.append(
            f"C{_r(a + third)} {_r(_height(a) + third * _slope(a))}"
            f" {_r(b - third)} {_r(_height(b) - third * _slope(b))} {_r(b)} {_r(_height(b))}"
        )
    return "".join(path)


def _height(x: float) -> float:
    return MIDDLE - SWELL * sin(2 * pi * x / WAVE)


def _slope(x: float) -> float:
    return -SWELL * 2 * pi / WAVE * cos(2 * pi * x / WAVE)


def _r(value: float) -> float:
    return round(value, 1)
