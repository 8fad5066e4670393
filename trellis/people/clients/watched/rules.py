"""Whether a record is watched, of whom a page is, and until when an answer is read. Pure."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta, tzinfo

from trellis.people.clients.emergency.rules import says_why

#: how long the pages of the record stay open once somebody said why
OPEN_FOR = timedelta(hours=1)
SATURDAY = 5
#: the answer that says nothing without words
OTHER = "other"


def is_in_force(since: datetime, until: datetime | None, ended: datetime | None, now: datetime) -> bool:
    """From its first instant until it is over or ended; that instant is not part of it."""
    return since <= now and (until is None or now < until) and (ended is None or now < ended)


def over_after(day: date, zone: tzinfo) -> datetime:
    """The instant at which a watch is over that holds through this day, in the program's zone."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def only_client(subjects: Iterable[str]) -> int | None:
    """Whose page it is, as the audit trail names people (`client:17`); None where it shows several clients, or none."""
    found = {key for kind, _, key in (subject.partition(":") for subject in subjects) if kind == "client"}
    return int(found.pop()) if len(found) == 1 else None


def is_enough(why: str, words: str) -> bool:
    """A tap says it; "something else" needs a few words that another person can judge."""
    return why != OTHER or says_why(words)


def read_by(opened_on: date, is_closed: Callable[[date], bool]) -> date:
    """The next working day: Monday to Friday, and no day on which the program is closed."""
    day = opened_on + timedelta(days=1)
    while day.weekday() >= SATURDAY or is_closed(day):
        day += timedelta(days=1)
    return day
