"""Measures of the program itself: who counts as yes, who as no, whose time still runs, and who is left out, and why.

Only days are looked at. A measure judges one case after the time is over in which something could still happen: until
then the answer is "not yet", whatever has happened so far, so that those who are quick weigh no more than the others.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: linkage: so many days after a discharge
LINKED = (7, 14)
#: initiation, and engagement after it (HEDIS IET; code of the days only)
START, ENGAGED, FURTHER = 14, 34, 2
STAYED = (30, 60, 90)
#: our own: who came within so many days is seen; a stay so soon after another is no new one
SEEN, CONTINUES = 30, 30
#: our own: so many days after the day of a follow-up it may still be done
FOLLOW_UP_OPEN = 7
#: a number of people below it may tell who they are (CMS cell size suppression policy: 1 to 10)
FEW = 11

FINISHED, OTHER_LEVEL, DIED = "completed", "other_level", "died"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_YET = "not-yet"
    LEFT_OUT = "left-out"


class Why(StrEnum):
    """What stands beside a name."""

    CAME = "came"
    NOT_CAME = "not_came"
    CAME_SO_FAR = "came_so_far"
    NOT_SO_FAR = "not_so_far"
    DIED = "died"
    NO_DAY = "no_day"
    HEARD_LATE = "heard_late"
    CONTINUES = "continues"
    NOT_STARTED = "not_started"
    ENGAGED = "engaged"
    NOT_ENGAGED = "not_engaged"
    STILL_HERE = "still_here"
    LEFT = "left"
    NOT_SEEN = "not_seen"
    FINISHED = "finished"
    OTHER_LEVEL = "other_level"
    STAY_RUNS = "stay_runs"
    ARRIVED = "arrived"
    NOT_ARRIVED = "not_arrived"
    NO_PLACE = "no_place"
    PLACE_NOT_WRITTEN = "place_not_written"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    FOLLOW_UP_RUNS = "follow_up_runs"
    NOT_WISHED = "not_wished"
    BACK_HERE = "back_here"


@dataclass(frozen=True)
class Judged:
    answer: Answer
    why: Why
    #: the day on which it happened, or from which on it is known
    on: date | None = None


@dataclass(frozen=True)
class Stay:
    opened: date
    closed: date | None = None
    #: as the episode says it; empty while it is open
    reason: str = ""


@dataclass(frozen=True)
class Onward:
    """Where somebody went on after a stay here."""

    place_agreed: bool = False
    arrived: date | None = None


@dataclass(frozen=True)
class FollowUp:
    reached: date | None = None
    #: whether they want contact, as they said it over time, oldest first
    said: Sequence[tuple[date, bool]] = ()

    def said_no(self, by: date) -> bool:
        """What they said last until that day counts."""
        return [yes for on, yes in self.said if on <= by][-1:] == [False]


# --- the measures -----------------------------------------------------------------------------------------------------


def linked_here(
    discharged: date | None, heard: date, came: Iterable[date], days: int, today: date, *, died: date | None = None
) -> Judged:
    """After a discharge elsewhere: a first session or an admission here, the day of the discharge included."""
    if discharged is None:
        return Judged(Answer.LEFT_OUT, Why.NO_DAY)
    last = discharged + timedelta(days)
    if _is_over_for_death(died, last):
        return Judged(Answer.LEFT_OUT, Why.DIED)
    first = _first(came, discharged, last)
    if first is None and heard > last:
        return Judged(Answer.LEFT_OUT, Why.HEARD_LATE, heard)
    return _once_over(first, last, today, Why.CAME, Why.NOT_CAME)


def linked_onward(
    stay: Stay, onward: Onward, others: Iterable[Stay], days: int, today: date, *, died: date | None = None
) -> Judged:
    """After a discharge from here: the arrival at the next place was confirmed, or another stay began here."""
    assert stay.closed is not None
    last = stay.closed + timedelta(days)
    if stay.reason == DIED or _is_over_for_death(died, last):
        return Judged(Answer.LEFT_OUT, Why.DIED)
    days_there = [one.opened for one in others if one != stay and one.opened >= stay.closed]
    # Who began at the next place while they were still here has arrived, too.
    first = _first([*days_there, *([onward.arrived] if onward.arrived else [])], date.min, last)
    if first is None and not onward.place_agreed:
        if stay.reason != OTHER_LEVEL:
            return Judged(Answer.LEFT_OUT, Why.NO_PLACE)
        if today > last:
            return Judged(Answer.NO, Why.PLACE_NOT_WRITTEN)
    return _once_over(first, last, today, Why.ARRIVED, Why.NOT_ARRIVED)


def initiated(
    stay: Stay, others: Iterable[Stay], sat: Iterable[date], today: date, *, died: date | None = None
) -> Judged:
    """A new episode of care began with a session within 14 days."""
    last = stay.opened + timedelta(START)
    if (left_out := _no_new_episode(stay, others, died, last)) is not None:
        return left_out
    return _once_over(_first(sat, stay.opened, last), last, today, Why.CAME, Why.NOT_CAME)


def engaged(
    stay: Stay, others: Iterable[Stay], sat: Collection[date], today: date, *, died: date | None = None
) -> Judged:
    """After the start two or more further days with a session, within 34 days. Who did not start counts as no."""
    start = _first(sat, stay.opened, stay.opened + timedelta(START))
    last = start + timedelta(ENGAGED) if start else stay.opened + timedelta(START)
    if (left_out := _no_new_episode(stay, others, died, last)) is not None:
        return left_out
    if start is None:
        return _once_over(None, last, today, Why.ENGAGED, Why.NOT_STARTED)
    further = sorted({day for day in sat if start < day <= last})
    enough = further[FURTHER - 1] if len(further) >= FURTHER else None
    return _once_over(enough, last, today, Why.ENGAGED, Why.NOT_ENGAGED)


def stayed(stay: Stay, sat: Iterable[date], days: int, today: date, *, died: date | None = None) -> Judged:
    """On the nth day still in the program, and seen within the 30 days before."""
    day = stay.opened + timedelta(days)
    ended = stay.closed is not None and stay.closed <= day
    if (ended and stay.reason == DIED) or _is_over_for_death(died, day):
        return Judged(Answer.LEFT_OUT, Why.DIED)
    if ended and stay.reason in (FINISHED, OTHER_LEVEL):
        return Judged(
            Answer.LEFT_OUT, Why.FINISHED if stay.reason == FINISHED else Why.OTHER_LEVEL, stay.closed
        )  # fmt: skip
    if today <= day:
        return Judged(Answer.NOT_YET, Why.STAY_RUNS, day + timedelta(1))
    if ended:
        return Judged(Answer.NO, Why.LEFT, stay.closed)
    if _first(sat, day - timedelta(SEEN - 1), day) is None:
        return Judged(Answer.NO, Why.NOT_SEEN, day)
    return Judged(Answer.YES, Why.STILL_HERE, day)


def completed(stay: Stay) -> Judged:
    """How a stay ended. There is no time to wait for."""
    if stay.reason == DIED:
        return Judged(Answer.LEFT_OUT, Why.DIED)
    if stay.reason == OTHER_LEVEL:
        return Judged(Answer.LEFT_OUT, Why.OTHER_LEVEL, stay.closed)
    if stay.reason == FINISHED:
        return Judged(Answer.YES, Why.FINISHED, stay.closed)
    return Judged(Answer.NO, Why.LEFT, stay.closed)


def reached(
    stay: Stay, found: FollowUp, others: Iterable[Stay], days: int, today: date, *, died: date | None = None
) -> Judged:
    """After a stay a follow-up was due, and we reached the person by a week after its day."""
    assert stay.closed is not None
    due = stay.closed + timedelta(days)
    last = due + timedelta(FOLLOW_UP_OPEN)
    if stay.reason == DIED or _is_over_for_death(died, last):
        return Judged(Answer.LEFT_OUT, Why.DIED)
    on = found.reached if found.reached is not None and found.reached <= last else None
    if on is None and found.said_no(last):
        return Judged(Answer.LEFT_OUT, Why.NOT_WISHED)
    back = _first([one.opened for one in others if one != stay], stay.closed, due)
    if back is not None:
        return Judged(Answer.LEFT_OUT, Why.BACK_HERE, back)
    judged = _once_over(on, last, today, Why.REACHED, Why.NOT_REACHED)
    return judged if judged.answer != Answer.NOT_YET else Judged(Answer.NOT_YET, Why.FOLLOW_UP_RUNS, judged.on)


def _once_over(first: date | None, last: date, today: date, yes: Why, no: Why) -> Judged:
    if today <= last:
        return Judged(Answer.NOT_YET, Why.CAME_SO_FAR if first else Why.NOT_SO_FAR, last + timedelta(1))
    return Judged(Answer.YES, yes, first) if first else Judged(Answer.NO, no, last)


def _no_new_episode(stay: Stay, others: Iterable[Stay], died: date | None, last: date) -> Judged | None:
    before = [
        one.closed
        for one in others
        if one != stay and one.closed and one.opened <= stay.opened and one.closed <= stay.opened
    ]
    if before and stay.opened - max(before) <= timedelta(CONTINUES):
        return Judged(Answer.LEFT_OUT, Why.CONTINUES, max(before))
    if _is_over_for_death(died, last):
        return Judged(Answer.LEFT_OUT, Why.DIED)
    return None


def _is_over_for_death(died: date | None, last: date) -> bool:
    return died is not None and died <= last


def _first(days: Iterable[date], since: date, until: date) -> date | None:
    return min((day for day in days if since <= day <= until), default=None)


# --- many of them -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    yes: int = 0
    no: int = 0
    not_yet: int = 0
    left_out: int = 0

    @property
    def judged(self) -> int:
        """The denominator: everybody whose time is over and who is not left out."""
        return self.yes + self.no

    @property
    def percent(self) -> int | None:
        """Of one hundred, half rounded up."""
        return (200 * self.yes + self.judged) // (2 * self.judged) if self.judged else None

    @property
    def is_small(self) -> bool:
        """Some number of people in it may tell who they are."""
        return any(0 < number < FEW for number in (self.yes, self.no, self.not_yet, self.left_out))


def tally(answers: Iterable[Answer]) -> Tally:
    found = Counter(answers)
    return Tally(found[Answer.YES], found[Answer.NO], found[Answer.NOT_YET], found[Answer.LEFT_OUT])


@dataclass(frozen=True)
class Quarter:
    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.after().first - timedelta(1)

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number}"

    def after(self) -> "Quarter":
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    def before(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def quarters(today: date, number: int) -> list[Quarter]:
    """The quarter that runs and those before it, the newest first."""
    found = [quarter_of(today)]
    while len(found) < number:
        found.append(found[-1].before())
    return found
