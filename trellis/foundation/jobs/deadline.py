"""How long the job that runs now may go on: asked for in the code, enforced by an alarm where there is one."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType

_ends: ContextVar[float | None] = ContextVar("deadline", default=None)


class DeadlinePassed(Exception):
    pass


def left() -> float:
    """Seconds that the job has left; endless outside a job. A loop over many things asks before each."""
    ends = _ends.get()
    return float("inf") if ends is None else ends - time.monotonic()


def check() -> None:
    if left() <= 0:
        raise DeadlinePassed


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Only a main thread can be interrupted; elsewhere the job has to ask."""
    token = _ends.set(time.monotonic() + seconds)
    alarmed = threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGALRM")
    before = signal.signal(signal.SIGALRM, _ring) if alarmed else None
    try:
        if alarmed:
            signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        if alarmed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        _ends.reset(token)


def _ring(signum: int, frame: FrameType | None) -> None:
    raise DeadlinePassed
