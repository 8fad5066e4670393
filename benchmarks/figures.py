"""A figure beside its floor, and the line that it makes."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    floor: str
    below: float
    #: what it may be at most, and whatever else must be known to read it
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.value / self.below if self.below else 0.0


def lines(title: str, figures: Iterable[Figure]) -> str:
    return "\n".join([title, *map(_line, figures)])


def _line(one: Figure) -> str:
    value, below = f"{one.value:,.2f} {one.unit}", f"{one.below:,.2f} {one.unit}"
    return f"  {one.name:22}{value:>14}   {one.floor:26}{below:>14}{one.ratio:>8.2f} ×   {one.note}".rstrip()
