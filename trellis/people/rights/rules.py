"""What a client may ask, by when it is answered, and which steps each kind knows. Pure.

A day that a law sets names the law; where no law sets one, it is our own promise.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trellis.people.rights import states
from trellis.people.rights.states import ACCEPT, DENY, DISAGREE, END, EXTEND, MACHINE, REBUT, WITHDRAW

OURS = _("our own promise; no law sets a day")
SATURDAY = 5


class Kind(StrEnum):
    CORRECTION = "correction"  # 45 CFR 164.526
    LOOK = "look"  # 164.524
    COPY = "copy"
    RESTRICTION = "restriction"  # 164.522(a), 42 CFR 2.26
    SELF_PAID = "self_paid"  # 164.522(a)(1)(vi): the program must agree
    CHANNEL = "channel"  # 164.522(b)
    COMPLAINT = "complaint"  # 164.530(d)
    PASSED_ON = "passed_on"  # 42 CFR 2.24: to whom an intermediary passed on what we told it


@dataclass(frozen=True)
class Term:
    """So many days, the day of asking not counted."""

    days: int
    source: "Promise | str"
    working: bool = False
    #: days that may be added once, for a reason in writing
    extension: int = 0

    @property
    def is_law(self) -> bool:
        return self.source is not OURS


TERMS: dict[Kind, Term] = {
    Kind.CORRECTION: Term(60, "45 CFR 164.526(b)(2)", extension=30),
    Kind.LOOK: Term(5, "California Health and Safety Code 123110(a)", working=True),
    Kind.COPY: Term(15, "California Health and Safety Code 123110(b)"),
    Kind.RESTRICTION: Term(10, OURS, working=True),
    Kind.SELF_PAID: Term(2, OURS, working=True),
    Kind.CHANNEL: Term(2, OURS, working=True),
    Kind.COMPLAINT: Term(30, OURS),
    Kind.PASSED_ON: Term(30, "42 CFR 2.24(b)(1)"),
}

#: steps that a kind does not know, whatever its state
_NEVER: dict[Kind, frozenset[str]] = {
    Kind.CORRECTION: frozenset({END}),
    Kind.LOOK: frozenset({END, DISAGREE}),
    Kind.COPY: frozenset({END, DISAGREE}),
    Kind.RESTRICTION: frozenset({DISAGREE}),
    # Who paid for it all decides: there is no no.
    Kind.SELF_PAID: frozenset({DENY, DISAGREE}),
    Kind.CHANNEL: frozenset({DISAGREE}),
    # A complaint is answered; nobody says no to it.
    Kind.COMPLAINT: frozenset({DENY, DISAGREE, END}),
    # The list is theirs, however short it is.
    Kind.PASSED_ON: frozenset({DENY, DISAGREE, END}),
}
#: steps that say something, and are nothing without it
SAYING = frozenset({EXTEND, ACCEPT, DENY, DISAGREE, REBUT})
#: steps of the client; a member of staff may write down what they said
THEIRS = frozenset({WITHDRAW, DISAGREE})
#: steps after which the client has something to read
TOLD = frozenset({EXTEND, ACCEPT, DENY, REBUT})


def due_on(kind: Kind, asked_on: date, closed: Collection[date]) -> date:
    """The last day on which it is in time. `closed`: days on which the program does not work."""
    term = TERMS[kind]
    if term.working:
        return working_day_after(asked_on, term.days, closed)
    return asked_on + timedelta(days=term.days)


def working_day_after(day: date, number: int, closed: Collection[date]) -> date:
    """The number-th working day after a day."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day, closed)
    return day


def is_working_day(day: date, closed: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in closed


def extended_to(kind: Kind, due: date) -> date:
    return due + timedelta(days=TERMS[kind].extension)


def state_after(steps: Iterable[str]) -> str:
    """Where a request stands after these steps, in their order."""
    here = MACHINE.start
    for step in steps:
        here = MACHINE.after(here, step)
    return here


def steps_from(kind: Kind, state: str) -> tuple[str, ...]:
    """What may follow, in the order of the table."""
    return tuple(step for step in MACHINE.moves[state] if may(kind, state, step))


def may(kind: Kind, state: str, step: str) -> bool:
    if step in _NEVER[kind] or not MACHINE.may(state, step):
        return False
    return step != EXTEND or TERMS[kind].extension > 0


def is_waiting(state: str) -> bool:
    return state in (states.OPEN, states.EXTENDED)


def days_left(due: date, today: date) -> int:
    """Below zero: so many days late."""
    return (due - today).days


def names_a_part(kind: Kind, step: str) -> bool:
    """Whether the step says which part of the record is in question: it must (45 CFR 164.526(d)(4))."""
    return kind is Kind.CORRECTION and step == DENY


def goes_along(state: str, parts: Iterable[str], told: Iterable[str]) -> bool:
    """Whether statement and reply go with a letter that tells these kinds of information (45 CFR 164.526(d)(5)).

    Never with another part of the record: they may say what this recipient may not be told.
    """
    return state in (states.DISAGREED, states.REBUTTED) and not set(parts).isdisjoint(told)


@dataclass(frozen=True)
class Reached:
    """How somebody agreed to be reached. `only`: one way in their own words, to which a person keeps."""

    text_to: str = ""
    mail_to: str = ""
    only: bool = False


def way_to_tell(reached: Reached, *, texts_go: bool) -> tuple[str, str] | None:
    """Channel and address of a message that says only: look; None where they agreed to none that goes by itself.

    `texts_go`: this installation can send texts. 45 CFR 164.522(b): one way that was agreed to is kept.
    """
    if reached.only:
        return None
    if reached.text_to and texts_go:
        return "sms", reached.text_to
    return ("mail", reached.mail_to) if reached.mail_to else None
