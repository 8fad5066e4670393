"""What a row of marks means, and which mark may follow."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal, Protocol, TypeVar

from trellis.journey.schedule.states import SEATED, SETTLES, Mark, NoticeKind

#: how long before the start somebody may be marked as here
DOORS_OPEN = timedelta(minutes=60)

Fault = Literal["cancelled", "too_soon", "longer_than_session", "needs_minutes", "other_minutes"]


class Row(Protocol):
    """A mark as it was recorded; `undone` when somebody took it back."""

    @property
    def id(self) -> int: ...

    @property
    def undone(self) -> bool: ...


R = TypeVar("R", bound=Row)


def current(marks: Iterable[R]) -> R | None:
    """The newest mark, unless it, or a later one, was taken back. Undo leads back to no mark, not to the one before."""
    newest = max(marks, key=lambda mark: mark.id, default=None)
    return None if newest is None or newest.undone else newest


def fault(
    state: str, *, late: int, left_early: int, starts_at: datetime, ends_at: datetime, now: datetime, cancelled: bool
) -> Fault | None:
    """Why a mark cannot be recorded; None when it can. Minutes are whole and counted from the start, or to the end.

    An absence may be excused ahead of time; nobody is here before the doors open.
    """
    if cancelled:
        return "cancelled"
    if state != Mark.EXCUSED and now < starts_at - DOORS_OPEN:
        return "too_soon"
    return minutes_fault(state, late, left_early, starts_at, ends_at)


def minutes_fault(state: str, late: int, left_early: int, starts_at: datetime, ends_at: datetime) -> Fault | None:
    if ((late or left_early) and state not in SEATED) or (state == Mark.PRESENT and (late or left_early)):
        return "other_minutes"
    if (state == Mark.LATE and late <= 0) or (state == Mark.LEFT_EARLY and left_early <= 0):
        return "needs_minutes"
    if late < 0 or left_early < 0 or timedelta(minutes=late + left_early) >= ends_at - starts_at:
        return "longer_than_session"
    return None


def minutes_late(now: datetime, starts_at: datetime, ends_at: datetime) -> int:
    """What the clock suggests for somebody who walks in now: at least one minute, at most one less than the session."""
    return _within_session(now - starts_at, ends_at - starts_at)


def minutes_early(now: datetime, starts_at: datetime, ends_at: datetime) -> int:
    """What the clock suggests for somebody who leaves now, with the same bounds."""
    return _within_session(ends_at - now, ends_at - starts_at)


def _within_session(minutes: timedelta, length: timedelta) -> int:
    return max(1, min(int(minutes.total_seconds()) // 60, int(length.total_seconds()) // 60 - 1))


def is_late_entry(program_day: date, session_day: date) -> bool:
    """Recorded after the program day of the session: the record says so beside the mark."""
    return program_day > session_day


def call_owed(state: str | None, notices: Iterable[str], results: Iterable[str]) -> bool:
    """An absence without word is a call owed until an outcome that settles it is recorded."""
    told = any(kind == NoticeKind.CANNOT_COME for kind in notices)
    settled = any(result in SETTLES for result in results)
    return state == Mark.ABSENT and not told and not settled


def is_silent(last_word: date, today: date, silence_days: int) -> bool:
    """After this many days without word a clinician decides; the last word may be a session, a call or a notice."""
    return (today - last_word).days >= silence_days
