"""How fresh a list is, and when it is read again. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

#: between two good readings of a list that is read by itself
ROUND = timedelta(hours=24)
FIRST_WAIT = timedelta(hours=1)
#: so long without a good reading means that somebody should look
LONG = timedelta(days=7)


class State(StrEnum):
    """What stands beside a list; the first that holds."""

    HELD = "held"  # a person decides
    OFF = "off"
    FAULTY = "faulty"  # the last reading failed
    NEVER = "never"  # nothing was read yet
    EMPTY = "empty"  # read, and nothing in it was a meeting that people can go to
    OLD = "old"  # not read for long
    FRESH = "fresh"


def next_reading(now: datetime, failures: int) -> datetime:
    """In: now; how many readings failed in a row (0: the last was good). Out: when the next one comes.

    After a good one in a day; after failures in 1, 2, 4, 8, 16 hours, then once a day.
    """
    if failures < 0:
        raise ValueError("failures are counted from 0")
    if failures == 0:
        return now + ROUND
    wait: timedelta = FIRST_WAIT * 2 ** min(failures - 1, 10)
    return now + min(wait, ROUND)


def state(
    *, switched_on: bool, held: bool, failures: int, read_at: datetime | None, listed: int, now: datetime
) -> State:
    """In: what is remembered of a list. Out: the one word that matters most."""
    if held:
        return State.HELD
    if not switched_on:
        return State.OFF
    if failures:
        return State.FAULTY
    if read_at is None:
        return State.NEVER
    if not listed:
        return State.EMPTY
    return State.OLD if is_old(read_at, now) else State.FRESH


def is_old(read_at: datetime, now: datetime) -> bool:
    """In: when a list was last looked at. Out: is that too long ago to rely on it?"""
    return now - read_at > LONG
