"""What is to be asked when: the sets of a program against the days of one stay. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Sets = Mapping[str, Sequence[str]]

INTAKE, DAILY, WEEKLY, MONTHLY = CALENDAR = ("intake", "daily", "weekly", "monthly")
#: asked by staff when it comes to it; no day of a calendar brings them
FOLLOW_UP = "follow_up"
AT_A_TURN = ("step", "discharge", FOLLOW_UP)
OCCASIONS = (*CALENDAR, *AT_A_TURN)
#: the questions about a month speak of 30 days
MONTH = timedelta(days=30)
#: a form that was begun and not finished is over after this many days
LAPSES = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """Answered on `since` or later, it is not due any more."""

    instrument: str
    occasion: str
    since: date


def began(occasion: str, opened_on: date, today: date, week_start: int) -> date | None:
    """The first day of the stretch that `today` lies in; None where the occasion asks nothing today.

    `week_start`: 0 is Monday. A month counts from the first day of the stay; its first one belongs to the intake.
    """
    if today < opened_on:
        return None
    match occasion:
        case "intake":
            return opened_on
        case "daily":
            return today
        case "weekly":
            return max(opened_on, today - timedelta(days=(today.weekday() - week_start) % 7))
        case "monthly":
            months = (today - opened_on) // MONTH
            return opened_on + months * MONTH if months else None
        case _:
            return None


def due(sets: Sets, opened_on: date, today: date, week_start: int, finished: Mapping[str, date]) -> list[Due]:
    """Each instrument once, for the first occasion that asks it. `finished`: the newest day of each."""
    found: dict[str, Due] = {}
    for occasion in CALENDAR:
        since = began(occasion, opened_on, today, week_start)
        for instrument in sets.get(occasion, ()) if since else ():
            done = finished.get(instrument)
            if instrument not in found and since and (done is None or done < since):
                found[instrument] = Due(instrument, occasion, since)
    return list(found.values())


def due_once(instruments: Sequence[str], occasion: str, since: date, finished: Mapping[str, date]) -> list[Due]:
    """Those of one occasion that were not answered since it began. `finished`: the newest day of each."""
    return [Due(key, occasion, since) for key in instruments if key not in finished or finished[key] < since]


def is_over(on: date, today: date) -> bool:
    """A form that nobody finished in time: it is not gone on with, and begun anew."""
    return today - on >= LAPSES


def goes_on(on: date, since: date, today: date) -> bool:
    """Whether a form that was begun on a day still answers what is asked now."""
    return on >= since and not is_over(on, today)
