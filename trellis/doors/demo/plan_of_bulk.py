"""The week of a bulk demo: each group of ten meets nine times a week and once on Wednesday. Pure."""

from dataclasses import dataclass
from datetime import time

MINUTES = 60
#: sessions on each day from Monday to Saturday
A_DAY = (3, 2, 1, 2, 1, 0)
STARTS = tuple(time(hour) for hour in range(8, 21))
WEDNESDAY = 2
#: the first groups are the ones that are on when a demo is first looked at
WEDNESDAY_STARTS = (time(17), time(15), time(11), time(9))


@dataclass(frozen=True)
class Meeting:
    group: int
    weekday: int
    start: time
    minutes: int
    room: int
    leader: int


def meetings(groups: int, rooms: int, leaders: int) -> list[Meeting]:
    """No room and no leader is held twice; ValueError where the week is too small."""
    side_by_side = min(rooms, leaders)
    planned = []
    for weekday, times in enumerate(A_DAY):
        starts = WEDNESDAY_STARTS if weekday == WEDNESDAY else STARTS
        wanted = [group for _ in range(times) for group in range(groups)]
        if len(wanted) > side_by_side * len(starts):
            raise ValueError("the week has too few hours for so many groups")
        for number, group in enumerate(wanted):
            at, place = divmod(number, side_by_side)
            planned.append(Meeting(group, weekday, starts[at], MINUTES, place, place))
    return planned
