"""What is true of the end of a stay, of the way to the next place, and of letters. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from trellis.foundation.record.states import MoveNotAllowed
from trellis.journey.continuity.states import ARRANGED, ARRIVED, MISSED, OPEN, TRANSITION


class Kind(StrEnum):
    """How a stay ends."""

    PLANNED = "planned"
    UNPLANNED = "unplanned"
    AGAINST_ADVICE = "against_advice"
    DIED = "died"


_LIVING = frozenset(Kind) - {Kind.DIED}
#: reason of the stay's end → how it can have ended
FITS: Mapping[str, frozenset[Kind]] = {
    "completed": frozenset({Kind.PLANNED}),
    "other_level": _LIVING,
    "moved": frozenset({Kind.PLANNED, Kind.UNPLANNED}),
    "chose_to_stop": _LIVING,
    "no_contact": frozenset({Kind.UNPLANNED}),
    "hospital": frozenset({Kind.PLANNED, Kind.UNPLANNED}),
    "custody": frozenset({Kind.UNPLANNED}),
    "died": frozenset({Kind.DIED}),
    "other": _LIVING,
}
#: what somebody who leaves takes along
GIVEN = ("naloxone", "safety_card", "meetings", "way_back")
#: the parts of a summary, in their order; without the first and `condition` there is none
SECTIONS = ("stay", "measures", "diagnoses", "care", "condition", "medicines", "referrals", "helped", "watch")
NEEDED = ("stay", "condition")


def kind_of(reason: str, said: str) -> Kind | None:
    """How it ended, where the reason leaves one answer it is that; None where nothing fits."""
    fitting = FITS[reason]
    if len(fitting) == 1:
        (only,) = fitting
        return only if said in ("", only) else None
    return Kind(said) if said in fitting else None


def summary_due(kind: Kind, closed_on: date, days: int) -> date | None:
    """Nobody is asked for a summary about somebody who has just died."""
    return None if kind is Kind.DIED else closed_on + timedelta(days=days)


def lacking(words: Mapping[str, str]) -> tuple[str, ...]:
    """The parts without which a summary cannot be signed."""
    return tuple(key for key in NEEDED if not words.get(key, "").strip())


# --- the way to the next place ----------------------------------------------------------------------------------------


def state_after(steps: Iterable[str], *, has_appointment: bool) -> str:
    """Where a plan stands after its steps, in their order. A call and papers move nothing."""
    state = ARRANGED if has_appointment else OPEN
    for step in steps:
        state = TRANSITION.moves[state].get(step, state)
    return state


def may_follow(state: str, step: str) -> bool:
    """A plan that is over takes no step; papers and calls go on until then."""
    if step in ("called", "sent"):
        return bool(TRANSITION.moves[state])
    try:
        TRANSITION.after(state, step)
    except MoveNotAllowed:
        return False
    return True


#: calendar days after the last day here, within which somebody should be seen at the next place
CLOCK = (7, 14)


@dataclass(frozen=True)
class Linkage:
    """The clock of 7 and 14 days: the day that counts now, and how it stands."""

    due: date
    days: int
    #: days left; below zero it is over
    left: int
    #: how many days it took; None while nobody confirmed it
    took: int | None = None

    @property
    def late(self) -> bool:
        return self.took is None and self.left < 0


def linkage(left_on: date | None, state: str, arrived_on: date | None, today: date) -> Linkage | None:
    """None before the last day here, and where nobody is expected any more."""
    if left_on is None or state not in (OPEN, ARRANGED, MISSED, ARRIVED):
        return None
    ends = [(days, left_on + timedelta(days=days)) for days in CLOCK]
    days, due = next(((days, due) for days, due in ends if due >= today), ends[-1])
    took = (arrived_on - left_on).days if state == ARRIVED and arrived_on is not None else None
    return Linkage(due, days, (due - today).days, took)


# --- letters ----------------------------------------------------------------------------------------------------------

#: for whom → the purpose that their consent names
PURPOSE_OF: Mapping[str, str] = {
    "court": "criminal_justice",
    "probation": "criminal_justice",
    "child_welfare": "other",
    "employer": "employment",
    "school": "education",
    "benefits": "benefits",
}
#: for whom → the kind of consent to ask for
CONSENT_OF: Mapping[str, str] = {"court": "criminal_justice", "probation": "criminal_justice"}
#: what these certify is for a medical clinician to sign; attendance is for whoever works with the client
MEDICAL = frozenset({"leave", "disability"})


#: days of the calendar; whoever cannot wait calls us
DAYS_TO_WRITE = 2


def is_too_near(due_on: date, today: date) -> bool:
    """Nobody can promise a letter by then; a day that has passed is another matter."""
    return today <= due_on < today + timedelta(days=DAYS_TO_WRITE)


def consent_for(audience: str) -> str:
    return CONSENT_OF.get(audience, "specific")


@dataclass(frozen=True)
class Tally:
    """Sessions and minutes of a period, and the same by day."""

    sessions: int
    minutes: int
    days: tuple[tuple[date, int], ...]


def tally(came: Iterable[tuple[date, int]], since: date, until: date) -> Tally:
    """In: the day and the minutes of each session somebody sat in. Days outside the period do not count."""
    inside = [(day, minutes) for day, minutes in came if since <= day <= until]
    days: dict[date, int] = {}
    for day, minutes in inside:
        days[day] = days.get(day, 0) + minutes
    return Tally(len(inside), sum(days.values()), tuple(sorted(days.items())))


@dataclass(frozen=True)
class Measured:
    """One finished form that came to a number; one with several scales is as many."""

    instrument: str
    on: date
    total: float
    scale: str = ""


def first_and_last(forms: Sequence[Measured]) -> dict[str, tuple[Measured, Measured | None]]:
    """For each instrument, or scale of one, the first and, where it was filled in on a later day too, the last."""
    found: dict[str, tuple[Measured, Measured | None]] = {}
    for form in sorted(forms, key=lambda one: one.on):
        key = f"{form.instrument} {form.scale}".strip()
        first, _last = found.get(key, (form, None))
        found[key] = (first, form if form.on > first.on else None)
    return found
