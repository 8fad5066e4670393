"""When a job runs again. Pure."""

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
#: a worker that has not said anything for this long is taken for dead
LEASE = timedelta(seconds=60)


def wait_after(tries: int) -> timedelta:
    """In: how often it was tried (1 or more). Out: how long to wait: 1 min, 3, 9, 27, 81, 243 min, then 6 h."""
    if tries < 1:
        raise ValueError("nothing was tried yet")
    return min(FIRST_WAIT * int(3 ** min(tries - 1, 10)), LONGEST_WAIT)


def next_round(due: datetime, interval: timedelta, now: datetime) -> datetime:
    """In: when it was due, how often it comes, now. Out: the first round after now, on the same beat.

    Rounds that were slept through are not made up.
    """
    if now < due:
        return due
    return due + interval * ((now - due) // interval + 1)


def is_stranded(*, started: datetime, beat: datetime | None, seconds: int, now: datetime) -> bool:
    """In: when the run started, the last sign of its worker (None: none), what the job may take. Out: is it lost?"""
    alive = beat is not None and now - beat <= LEASE
    return not alive or now - started > timedelta(seconds=seconds) + LEASE
