"""What other rooms remember of the time after a stay. None: no room remembers it yet, and the page says so."""

from collections.abc import Collection, Mapping
from datetime import date

from trellis.doors.reports.rules import FollowUp, Onward

#: days after a stay on which a follow-up may be due
FOLLOW_UP_DAYS = (7, 14, 30, 90, 180, 365)
#: the key of a stay that ended → whose it was, and when it ended
Ended = Mapping[int, tuple[int, date]]


def onward(stays: Collection[int]) -> Mapping[int, Onward] | None:
    """By the key of the stay that ended; one statement."""
    return None


def follow_ups(ended: Ended) -> Mapping[tuple[int, int], FollowUp] | None:
    """By the key of the stay that ended and the number of days after it; two statements."""
    return None


def follow_up_days() -> Collection[int]:
    """Those of the blueprint."""
    return FOLLOW_UP_DAYS
