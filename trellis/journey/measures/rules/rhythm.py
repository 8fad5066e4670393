"""What is to be asked when: the sets of a program against the days of one stay. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Sets = Mapping[str, Sequence[str]]

#: what days of a stay bring by themselves; where two ask the same, the first names what it is for
IN_ORDER = ("intake", "step", "discharge", "follow_up", "daily", "weekly", "monthly")
OCCASIONS = ("intake", "daily", "weekly", "monthly", "step", "discharge", "follow_up")
#: the questions about a month speak of 30 days
MONTH = timedelta(days=30)
#: a form that was begun and not finished is over after this many days
LAPSES = timedelta(days=7)
#: what a step to another level asks is no longer asked after this
STEP_LASTS = timedelta(days=14)
#: the last week of a stay, and the week after it, ask how it ends
LAST_WEEK = timedelta(days=7)
#: after the last follow-up nothing more is asked once this has passed
FOLLOW_UP_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Stay:
    """The days of one stay that bring questions. `ends_on`: the last day, once somebody set it."""

    opened_on: date
    stepped_on: date | None = None
    ends_on: date | None = None
    closed_on: date | None = None
    #: days after the end
    follow_up: tuple[int, ...] = ()


@dataclass(frozen=True)
class Due:
    """Answered on `since` or later, it is not due any more."""

    instrument: str
    occasion: str
    since: date


def began(occasion: str, stay: Stay, today: date, week_start: int) -> date | None:
    """The first day of the stretch that `today` lies in; None where the occasion asks nothing today.

    `week_start`: 0 is Monday. A month counts from the first day of the stay; its first one belongs to the intake.
    """
    if today < stay.opened_on:
        return None
    if occasion == "discharge":
        return _last_week(stay, today)
    if occasion == "follow_up":
        return _followed_up(stay, today)
    return None if stay.closed_on else _during(occasion, stay, today, week_start)


def _during(occasion: str, stay: Stay, today: date, week_start: int) -> date | None:
    match occasion:
        case "intake":
            return stay.opened_on
        case "daily":
            return today
        case "weekly":
            return max(stay.opened_on, today - timedelta(days=(today.weekday() - week_start) % 7))
        case "monthly":
            months = (today - stay.opened_on) // MONTH
            return stay.opened_on + months * MONTH if months else None
        case _:
            lasts = stay.stepped_on is not None and timedelta() <= today - stay.stepped_on < STEP_LASTS
            return stay.stepped_on if lasts else None


def _last_week(stay: Stay, today: date) -> date | None:
    """A last day that passed while the stay goes on still counts: nobody has ended it yet."""
    last = stay.closed_on or stay.ends_on
    if last is None or today < last - LAST_WEEK or (stay.closed_on and today >= last + LAST_WEEK):
        return None
    return max(stay.opened_on, last - LAST_WEEK)


def _followed_up(stay: Stay, today: date) -> date | None:
    """Each day asks until the next one does."""
    if stay.closed_on is None:
        return None
    reached = [stay.closed_on + timedelta(days=day) for day in sorted(stay.follow_up)]
    since = max((day for day in reached if day <= today), default=None)
    return since if since is not None and (since != reached[-1] or today - since < FOLLOW_UP_LASTS) else None


def due(sets: Sets, stay: Stay, today: date, week_start: int, finished: Mapping[str, date]) -> list[Due]:
    """Each instrument once, for the first occasion that asks it. `finished`: the newest day of each."""
    found: dict[str, Due] = {}
    for occasion in IN_ORDER:
        since = began(occasion, stay, today, week_start)
        for instrument in sets.get(occasion, ()) if since else ():
            done = finished.get(instrument)
            if instrument not in found and since and (done is None or done < since):
                found[instrument] = Due(instrument, occasion, since)
    return list(found.values())


def is_over(on: date, today: date) -> bool:
    """A form that nobody finished in time: it is not gone on with, and begun anew."""
    return today - on >= LAPSES


def goes_on(on: date, since: date, today: date) -> bool:
    """Whether a form that was begun on a day still answers what is asked now."""
    return on >= since and not is_over(on, today)
