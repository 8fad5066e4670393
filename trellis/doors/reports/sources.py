"""What other rooms remember of the time after a stay. None: no room remembers it yet, and the page says so."""

from collections.abc import Collection, Mapping

from trellis.doors.reports.rules import FollowUp, Onward

#: days after a stay on which a follow-up is due
FOLLOW_UP_DAYS = (7, 14, 30, 90, 180, 365)


def onward(episodes: Collection[int]) -> Mapping[int, Onward] | None:
    """By the key of the stay that ended; one statement."""
    return None


def follow_ups(episodes: Collection[int]) -> Mapping[tuple[int, int], FollowUp] | None:
    """By the key of the stay that ended and the number of days after it; one statement."""
    return None
