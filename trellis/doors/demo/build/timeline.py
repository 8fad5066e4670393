"""Acts in the order of their instants; each is done when the clock says so."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

from trellis.foundation import clock

Act = Callable[[], object]


class Timeline:
    def __init__(self) -> None:
        self.waiting: list[tuple[datetime, int, Act]] = []
        self.numbers = count()

    def add(self, at: datetime, act: Act) -> None:
        heapq.heappush(self.waiting, (at, next(self.numbers), act))

    def run(self, until: datetime, progress: Callable[[datetime], None] = lambda at: None) -> int:
        """Everything up to an instant, also what acts add on the way; answers how many were done."""
        done = 0
        while self.waiting and self.waiting[0][0] <= until:
            at, _, act = heapq.heappop(self.waiting)
            with clock.travel(at):
                act()
            progress(at)
            done += 1
        return done
