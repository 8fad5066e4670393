"""Which steps of an admission are done, which are late, and who has room for one more client."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

#: papers and answers go ahead of the person: what was said so long before the first day belongs to the stay
AHEAD = timedelta(days=30)


class Due(StrEnum):
    BEFORE = "before"  # before the first day
    AT = "at"  # on it
    WITHIN = "within"  # within `days` after it


class By(StrEnum):
    """How the record shows that a step is done. `of` says more: which consent, which instrument, which role."""

    CONSENT = "consent"
    NOTICE = "notice"
    ORIENTATION = "orientation"
    MEASURE = "measure"
    LEVEL = "level"
    COVERAGE = "coverage"
    NEEDS = "needs"
    COUNSELOR = "counselor"
    FACT = "fact"


@dataclass(frozen=True)
class Step:
    key: str
    due: Due
    by: By
    of: tuple[str, ...] = ()
    days: int = 0


@dataclass(frozen=True)
class Known:
    """What the record says of one stay. Each is what is in force, or was said for this stay."""

    consents: Collection[str] = ()
    notice: bool = False
    orientation: bool = False
    instruments: Collection[str] = ()
    level: bool = False
    coverage: bool = False
    needs: bool = False
    #: roles of those on the care team
    team: Collection[str] = ()
    #: steps that somebody wrote down
    facts: Collection[str] = ()


@dataclass(frozen=True)
class Line:
    step: Step
    #: None: there is no stay, so nothing is due
    due_on: date | None
    done: bool
    late: bool


def due_on(step: Step, first: date) -> date:
    """The last day on which it is in time."""
    if step.due is Due.BEFORE:
        return first - timedelta(days=1)
    return first + timedelta(days=step.days if step.due is Due.WITHIN else 0)


def is_done(step: Step, known: Known) -> bool:
    match step.by:
        case By.CONSENT:
            return set(step.of) <= set(known.consents)
        case By.MEASURE:
            return set(step.of) <= set(known.instruments)
        case By.COUNSELOR:
            return not set(step.of).isdisjoint(known.team)
        case By.FACT:
            return step.key in known.facts
        case _:
            return bool(getattr(known, step.by.value))


def standing(steps: Iterable[Step], known: Known, first: date | None, today: date) -> list[Line]:
    """What is missing first, by the day it is due; what is done after that, in the order of the program."""
    lines = [_line(step, known, first, today) for step in steps]
    missing = [line for line in lines if not line.done]
    return sorted(missing, key=lambda line: line.due_on or date.max) + [line for line in lines if line.done]


def _line(step: Step, known: Known, first: date | None, today: date) -> Line:
    day, done = due_on(step, first) if first else None, is_done(step, known)
    return Line(step, day, done, bool(day and not done and today > day))


def of_this_stay(said: datetime | date | None, first: date) -> bool:
    """Whether something that was said on a day belongs to the stay that began, or begins, on `first`."""
    if said is None:
        return False
    day = said.date() if isinstance(said, datetime) else said
    return day >= first - AHEAD


# --- what they need to be able to come --------------------------------------------------------------------------------


def were_asked(needs: Iterable[str], newest: Mapping[str, datetime], first: date) -> bool:
    """Each need was asked for this stay; "no" is an answer."""
    return all(of_this_stay(newest.get(need), first) for need in needs)


# --- who pays ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Terms:
    """Coverage as somebody types it; None and empty: left out."""

    kind: str
    payer: str = ""
    on: date | None = None
    authorized: int | None = None
    unit: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    cents: int | None = None


class Fault(StrEnum):
    NO_PAYER = "no_payer"
    NO_DAY = "no_day"
    DAY_AHEAD = "day_ahead"
    NO_AMOUNT = "no_amount"
    ENDS_BEFORE = "ends_before"
    NO_UNIT = "no_unit"
    NO_NUMBER = "no_number"


#: the field that each fault stands at
FIELD = {
    Fault.NO_PAYER: "payer",
    Fault.NO_DAY: "on",
    Fault.DAY_AHEAD: "on",
    Fault.NO_AMOUNT: "amount",
    Fault.ENDS_BEFORE: "ends_on",
    Fault.NO_UNIT: "unit",
    Fault.NO_NUMBER: "authorized",
}


def faults(terms: Terms, payers: Collection[str], today: date) -> list[Fault]:
    """Everything that is wrong or missing. A member number may be missing, and has any shape."""
    paid = terms.kind == "payer"
    wrong = {
        Fault.NO_PAYER: paid and terms.payer not in payers,
        Fault.NO_DAY: terms.on is None,
        Fault.DAY_AHEAD: terms.on is not None and terms.on > today,
        Fault.NO_AMOUNT: not paid and terms.cents is None,
        Fault.ENDS_BEFORE: None not in (terms.starts_on, terms.ends_on) and terms.ends_on < terms.starts_on,  # type: ignore[operator]
        Fault.NO_UNIT: paid and terms.authorized is not None and not terms.unit,
        Fault.NO_NUMBER: paid and terms.authorized is None and bool(terms.unit),
    }
    return [fault for fault, holds in wrong.items() if holds]


def covers(starts_on: date | None, ends_on: date | None, day: date) -> bool:
    """Whether what was authorized holds on a day; an open end holds."""
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)


# --- who has room -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Candidate:
    key: str
    name: str
    languages: Collection[str]
    #: clients whom they look after now
    open: int


@dataclass(frozen=True)
class Proposal:
    candidate: Candidate
    speaks: bool
    has_room: bool


def who_has_room(candidates: Iterable[Candidate], language: str, most: int) -> list[Proposal]:
    """Whoever has room first, among them whoever speaks the client's language, among those the fewest clients."""
    found = [Proposal(one, language in one.languages, one.open < most) for one in candidates]
    return sorted(
        found, key=lambda one: (not one.has_room, not one.speaks, one.candidate.open, one.candidate.name,
                                one.candidate.key)
    )  # fmt: skip


# --- two who write at the same time -----------------------------------------------------------------------------------


Answers = Mapping[str, tuple[bool, str]]


def beside(sent: Answers, seen: Answers, now: Answers) -> tuple[Answers, list[str]]:
    """What counts of a page that was opened when `seen` was so, and what both changed, each otherwise."""
    merged = {key: now.get(key, said) if said == seen.get(key) else said for key, said in sent.items()}
    return merged, [key for key, said in merged.items() if now.get(key) not in (seen.get(key), said)]
