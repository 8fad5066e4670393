from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, tzinfo

from django.conf import settings

_held: ContextVar[datetime | None] = ContextVar("held", default=None)
_shift: timedelta | None = None


def now() -> datetime:
    """The instant that counts for the program, aware and in UTC."""
    held = _held.get()
    if held is not None:
        return held
    return datetime.now(UTC) + (_demo_shift() if settings.DEMO else timedelta())


def today(zone: tzinfo) -> date:
    return now().astimezone(zone).date()


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Hold the clock at one instant; for tests and for building a demo program."""
    if to.tzinfo is None:
        raise ValueError("clock.travel needs an aware instant")
    token = _held.set(to.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)


def forget_shift() -> None:
    global _shift
    _shift = None


def _demo_shift() -> timedelta:
    # Read once a process: a demo's clock is set when it is built and runs on from there.
    global _shift
    if _shift is None:
        from trellis.foundation.clock.models import ClockShift

        _shift = timedelta(seconds=ClockShift.objects.values_list("seconds", flat=True).first() or 0)
    return _shift
