"""Places in a track or a group, and what a full or a small room means."""

from dataclasses import dataclass
from typing import Literal

SizeWarning = Literal["over_capacity", "below_minimum", "above_maximum"]


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
