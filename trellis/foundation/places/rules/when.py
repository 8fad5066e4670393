"""When a meeting is held. A meeting has a day of the week and a time on the wall of its own zone, all year.

Two times of a year are not like others. A time that the clock skips (2:30 on a Sunday in March) is held when the clock
has moved on, as much later as was skipped. A time that comes twice (1:30 in November) is held the first time.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60
WEEK = 7 * DAY
#: whoever comes this late is still welcome: a meeting that began stays in the list
LATE = 15
#: an evening goes on after midnight, until then
NIGHT_ENDS = 4 * 60
#: minutes of the day from which and before which a part of it lasts; the evening ends in the next day
PARTS = {"morning": (NIGHT_ENDS, 12 * 60), "afternoon": (12 * 60, 17 * 60), "evening": (17 * 60, DAY + NIGHT_ENDS)}
EVENING = PARTS["evening"][0]

#: minutes from now: from the first, before the second
Window = tuple[int, int]
#: whatever comes within a week, a skipped or doubled hour included
ALL: tuple[Window, ...] = ((-LATE, WEEK + 2 * 60),)


@dataclass(frozen=True)
class Stretch:
    """Minutes of the week, on the wall of one zone, and how far away: week minute + shift is minutes from now."""

    zone: str
    first: int
    until: int
    shift: int

    def within(self, windows: Iterable[Window]) -> "Iterator[Stretch]":
        for start, end in windows:
            first, until = max(self.first, start - self.shift), min(self.until, end - self.shift)
            if first < until:
                yield Stretch(self.zone, first, until, self.shift)


def weekday(day: date) -> int:
    """0 is Sunday, as the lists count."""
    return day.isoweekday() % 7


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The moment at which the wall shows this minute (0 to 1439) of this day."""
    wall = datetime.combine(day, time(minute // 60, minute % 60), zone)
    return wall.astimezone(UTC)  # fold is 0: of a doubled hour the first, of a skipped one as far behind its end


def next_starts(day: int, at: time, zone: ZoneInfo, now: datetime, most: int = 1, late: int = LATE) -> list[datetime]:
    """The next so many beginnings, in UTC; one that lies at most `late` minutes back is the first."""
    since = now - timedelta(minutes=late)
    first = since.astimezone(zone).date() - timedelta(days=1)
    first += timedelta(days=(day - weekday(first)) % 7)
    weeks = (instant(first + timedelta(weeks=n), at.hour * 60 + at.minute, zone) for n in range(most + 2))
    return [begins for begins in weeks if begins >= since][:most]


# --- the coming week, zone by zone: what a database can compare -------------------------------------------------------


def coming_week(name: str, zone: ZoneInfo, now: datetime) -> list[Stretch]:
    """Every minute of the week once, where it comes next, from `LATE` minutes ago on; `now` is a whole minute."""
    today = (now - timedelta(minutes=LATE)).astimezone(zone).date()
    found: list[Stretch] = []
    for n in range(-1, 10):
        for piece in _day(name, zone, today + timedelta(days=n), now):
            found += _free(list(piece.within(ALL)), found)
    return _joined(found)


def _day(name: str, zone: ZoneInfo, day: date, now: datetime) -> Iterator[Stretch]:
    """One day, in one piece, or in two where the clock is changed."""
    begins = weekday(day) * DAY

    def ahead(minute: int) -> int:
        return round((instant(day, minute, zone) - now).total_seconds()) // 60 - minute

    before, after = ahead(0), ahead(DAY - 1)
    changes = DAY if before == after else bisect_left(range(DAY), True, key=lambda minute: ahead(minute) != before)
    for first, until, shift in ((0, changes, before), (changes, DAY, after)):
        if first < until:
            yield Stretch(name, begins + first, begins + until, shift - begins)


def _free(pieces: list[Stretch], taken: list[Stretch]) -> list[Stretch]:
    """What of the pieces nobody has taken: a minute of the week is listed where it comes first."""
    for other in taken:
        pieces = [
            Stretch(piece.zone, first, until, piece.shift)
            for piece in pieces
            for first, until in (
                (piece.first, min(piece.until, other.first)),
                (max(piece.first, other.until), piece.until),
            )
            if first < until
        ]
    return pieces


def _joined(pieces: list[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for piece in sorted(pieces, key=lambda piece: piece.first + piece.shift):
        last = found[-1] if found else None
        if last and last.until == piece.first and last.shift == piece.shift:
            found[-1] = Stretch(last.zone, last.first, piece.until, last.shift)
        else:
            found.append(piece)
    return found


# --- what a person asks for: a day and a part of it, by their own clock -----------------------------------------------


def windows(day: str, part: str, zone: ZoneInfo, now: datetime) -> tuple[Window, ...]:
    """Minutes from now that answer "today", "tomorrow", a day ("0" is Sunday) or any (""), and a part of the day.

    An evening lasts until four in the morning: at 23:50 what begins at 0:30 is tonight, and so it is at 0:10.
    """
    if not day and not part:
        return ALL
    today = now.astimezone(zone).date()
    minute = _minute_of(now.astimezone(zone))
    found = []
    for n in range(-1, 9):
        asked = _asked(day, n, weekday(today + timedelta(days=n)), minute, part)
        if asked:
            start, end = (_from_now(today + timedelta(days=n), edge, zone, now) for edge in asked)
            found.append((max(start, -LATE), min(end, ALL[0][1])))
    return tuple((start, end) for start, end in found if start < end)


def _asked(day: str, n: int, weekday: int, minute: int, part: str) -> Window | None:
    """Which minutes of the day that is n days ahead are asked for."""
    tonight = n == -1 and minute < NIGHT_ENDS + LATE and day in ("", "today", str((weekday + 1) % 7))
    if part == "evening" and tonight:
        return PARTS[part]
    if n == -1:
        return (DAY - LATE, DAY) if day == "today" and not part else None
    if not (day == "" or (day == "today" and n == 0) or (day == "tomorrow" and n == 1) or day == str(weekday)):
        return None
    if part:
        return PARTS[part]
    return (0, DAY + NIGHT_ENDS if day == "today" and minute >= EVENING else DAY)


def _from_now(day: date, minute: int, zone: ZoneInfo, now: datetime) -> int:
    begins = instant(day + timedelta(days=minute // DAY), minute % DAY, zone)
    return round((begins - now).total_seconds() // 60)


def _minute_of(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
