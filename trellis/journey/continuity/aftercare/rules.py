"""When somebody is called after a stay, what an answer asks of us, and how a plan is kept. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

#: the last follow-up of all stays open so long
LAST_LASTS = timedelta(days=60)
#: how far ahead a list of follow-ups looks
AHEAD = timedelta(days=7)
#: a text with fewer digits is no telephone number
FEWEST_DIGITS = 7

YES, NO, SKIP = ANSWERS = ("yes", "no", "skip")
QUESTIONS = ("linked", "using", "home", "safe", "call")


class Outcome(StrEnum):
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    DECLINED = "declined"
    #: they had asked for a call, or had said that they are not safe, and somebody called
    CALLED = "called"


class State(StrEnum):
    PLANNED = "planned"  # the stay goes on: so many days after its end
    AHEAD = "ahead"
    DUE = "due"
    DONE = "done"
    DECLINED = "declined"
    MISSED = "missed"  # the next one came before anybody was reached


@dataclass(frozen=True)
class Tried:
    """One try: for which day after the end, when, and what came of it."""

    day: int
    at: datetime
    outcome: Outcome
    next_try: date | None = None
    #: they asked for a call, or said that they are not safe
    waits: bool = False


@dataclass(frozen=True)
class FollowUp:
    """`due_on` and `until`: its days, open and last; None while the stay goes on. `call_on`: when to try (again)."""

    day: int
    state: State
    due_on: date | None = None
    until: date | None = None
    call_on: date | None = None


def follow_ups(days: Sequence[int], closed_on: date | None, tried: Iterable[Tried], today: date) -> list[FollowUp]:
    """All of one stay, in order. `days` rise; each lasts until the next begins."""
    if closed_on is None:
        return [FollowUp(day, State.PLANNED) for day in days]
    by_day: dict[int, list[Tried]] = {}
    for one in tried:
        by_day.setdefault(one.day, []).append(one)
    starts = [closed_on + timedelta(days=day) for day in days]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), *(start + LAST_LASTS for start in starts[-1:])]
    return [
        _follow_up(day, first, last, by_day.get(day, []), today)
        for day, first, last in zip(days, starts, ends, strict=True)
    ]


def _follow_up(day: int, first: date, last: date, tried: Sequence[Tried], today: date) -> FollowUp:
    outcomes = {one.outcome for one in tried}
    again = max((one.next_try for one in tried if one.next_try), default=first)
    call_on = min(max(first, again), last)
    if Outcome.REACHED in outcomes:
        state = State.DONE
    elif Outcome.DECLINED in outcomes:
        state = State.DECLINED
    elif today < first:
        state = State.AHEAD
    else:
        state = State.DUE if today <= last else State.MISSED
    return FollowUp(day, state, first, last, call_on)


def present(found: Iterable[FollowUp]) -> FollowUp | None:
    """The one that somebody can do now."""
    return next((one for one in found if one.state is State.DUE), None)


def coming(found: Iterable[FollowUp]) -> FollowUp | None:
    return next((one for one in found if one.state is State.AHEAD), None)


def waits(tried: Sequence[Tried], said_no_at: datetime | None) -> Tried | None:
    """The newest wish for a call that nobody has answered yet; `tried` from old to new.

    `said_no_at`: when they last said that nobody may reach them. It ends what they wished before, and no later wish.
    """
    open_wish = None
    for one in tried:
        if one.waits:
            open_wish = one
        elif one.outcome is Outcome.CALLED:
            open_wish = None
    if open_wish is None or (said_no_at is not None and said_no_at > open_wish.at):
        return None
    return open_wish


class Shelf(StrEnum):
    """Where somebody stands in the list of follow-ups."""

    WAITS = "waits"
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"


def shelf(found: Sequence[FollowUp], wish: Tried | None, today: date) -> Shelf | None:
    """None: nothing to do within a week."""
    if wish is not None:
        return Shelf.WAITS
    one = present(found) or coming(found)
    if one is None or one.call_on is None or one.call_on > today + AHEAD:
        return None
    if one.call_on > today:
        return Shelf.SOON
    return Shelf.TODAY if one.call_on == today else Shelf.OVERDUE


def is_to_ask(said_on: date | None, began: date) -> bool:
    """Nobody has asked in this stay whether we may be in touch after it."""
    return said_on is None or said_on < began


def is_not_safe(answers: Mapping[str, str]) -> bool:
    return answers.get("safe") == NO


def wants_call(answers: Mapping[str, str]) -> bool:
    return answers.get("call") == YES


def is_hard(answers: Mapping[str, str]) -> bool:
    """More help may be welcome: the way back stands first then."""
    return NO in (answers.get("linked"), answers.get("home")) or answers.get("using") == YES


def telephone_of(text: str) -> str:
    """The number to call in "Ana, (909) 555-0142, evenings"; empty where there is none."""
    found = re.search(r"\+?[\d(][\d().\-\s]{5,}\d", text)
    digits = re.sub(r"[^\d+]", "", found.group()) if found else ""
    return digits if len(digits.lstrip("+")) >= FEWEST_DIGITS else ""


def lines_of(text: str) -> list[str]:
    """What somebody wrote line by line, without empty ones."""
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
