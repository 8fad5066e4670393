"""One time for the whole of a fetch."""

from collections.abc import Callable

from trellis.foundation.outbound.faults import NotFetched


class Deadline:
    """What is left of the whole time."""

    def __init__(self, whole: float, seconds: Callable[[], float]) -> None:
        self._seconds, self._ends = seconds, seconds() + whole

    def left(self, most: float | None) -> float:
        left = self._ends - self._seconds()
        if left <= 0:
            raise NotFetched("slow")
        return left if most is None else min(left, most)
