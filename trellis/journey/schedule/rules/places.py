"""Places in a track or a group, and what a full or a small room means."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from trellis.journey.admission.rules import takes

SizeWarning = Literal["over_capacity", "below_minimum", "above_maximum"]
#: why somebody cannot join a track
Bar = Literal["age", "payer"]


@dataclass(frozen=True)
class Places:
    taken: int
    capacity: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)

    @property
    def full(self) -> bool:
        return self.taken >= self.capacity


def warnings(people: int, *, capacity: int, group_min: int, group_max: int) -> tuple[SizeWarning, ...]:
    """What the room should know about its size. Warns only: nobody is sent away by a number."""
    found: list[SizeWarning] = []
    if people > capacity:
        found.append("over_capacity")
    if 0 < people < group_min:
        found.append("below_minimum")
    if people > group_max:
        found.append("above_maximum")
    return tuple(found)


def bar(age: int | None, payer: str, *, min_age: int, max_age: int | None, payers: Collection[str]) -> Bar | None:
    """Why a track is not for somebody; None where it is.

    `age` in whole years on the first day, None where the birth date is not known yet: then nobody can say, and age bars
    nobody. A track without `payers` is open to every payer.
    """
    if age is not None and not takes(min_age, max_age, age):
        return "age"
    return "payer" if payers and payer not in payers else None
