"""What counts of the answers about a person, and what was typed and cannot be.

An answer is never changed: the newest of a question counts, the others stand beside.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

ANSWERED, NOT_TODAY, TAKEN_BACK = "answered", "not_today", "taken_back"
YES_NO = ("yes", "no", "unsure")
SHORT, LONG = 200, 4000
#: nobody remembers an earlier year
EARLIEST = 1900


class Kind(StrEnum):
    CHOICE = "choice"
    YES_NO = "yes_no"
    SHORT = "short"
    LONG = "long"
    DATE = "date"
    MONTH = "month"
    NUMBER = "number"


class Fault(StrEnum):
    """Why something that was typed cannot be an answer."""

    CHOICE = "choice"
    DATE = "date"
    MONTH = "month"
    FUTURE = "future"
    BEFORE_BIRTH = "before_birth"
    NUMBER = "number"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    LENGTH = "length"
    OLDER_THAN_THEY_ARE = "older_than_they_are"
    BEFORE_FIRST_USE = "before_first_use"


class Wrong(ValueError):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Asked:
    """What a question takes."""

    key: str
    kind: Kind
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    future: bool = False


@dataclass(frozen=True)
class Said:
    """What one answer says: its state, and its value where it has one."""

    state: str
    value: str = ""


@dataclass(frozen=True)
class Row:
    """One answer as it is kept. `number` grows with each."""

    number: int
    key: str
    said: Said
    who: str
    source: str
    on: date
    at: datetime
    by: str


@dataclass(frozen=True)
class Standing:
    """What counts of one question, and what was said before it, newest first."""

    now: Row
    before: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Offer:
    """What is known from elsewhere and may answer a question: shown with its source, taken over by one tap."""

    key: str
    value: str
    source: str
    who: str
    #: when it was said there
    on: date
    #: where it comes from, and what was found there, in words
    place: str = ""
    words: str = ""


@dataclass(frozen=True)
class Shown:
    """An offer beside an answer: it waits to be confirmed, or it says something else, and both stand."""

    offer: Offer
    waits: bool


@dataclass(frozen=True)
class Known:
    """How much of a section is known."""

    known: int
    not_today: int
    of: int
    #: how many of those not known are known elsewhere
    to_confirm: int = 0

    @property
    def still_open(self) -> int:
        return self.of - self.known - self.not_today


# --- what was typed ---------------------------------------------------------------------------------------------------
def read(asked: Asked, typed: str, *, born_on: date | None, today: date) -> str:
    """The value to keep; empty where nothing was typed. Raises Wrong."""
    text = typed.replace("\r\n", "\n").strip()
    if not text:
        return ""
    if asked.kind in (Kind.CHOICE, Kind.YES_NO):
        return _one_of(text, asked.choices if asked.kind is Kind.CHOICE else YES_NO)
    if asked.kind is Kind.NUMBER:
        return str(number(text, asked.least, asked.most))
    if asked.kind is Kind.DATE:
        return day(text, born_on=born_on, last=None if asked.future else today).isoformat()
    if asked.kind is Kind.MONTH:
        return _month(text, born_on, today)
    if len(text) > (SHORT if asked.kind is Kind.SHORT else LONG):
        raise Wrong(Fault.LENGTH)
    return text


def _one_of(text: str, choices: Sequence[str]) -> str:
    if text not in choices:
        raise Wrong(Fault.CHOICE)
    return text


def number(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise Wrong(Fault.NUMBER)
    found = int(text)
    if found < least:
        raise Wrong(Fault.TOO_FEW)
    if found > most:
        raise Wrong(Fault.TOO_MANY)
    return found


def day(text: str, *, born_on: date | None, last: date | None) -> date:
    """A day as a browser's picker writes it, or as people here do (11/30/2026)."""
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII)
    try:
        if american:
            month, number_, year = map(int, american.groups())
            found = date(year, month, number_)
        else:
            found = date.fromisoformat(text)
    except ValueError:
        raise Wrong(Fault.DATE) from None
    if last is not None and found > last:
        raise Wrong(Fault.FUTURE)
    if born_on is not None and found < born_on:
        raise Wrong(Fault.BEFORE_BIRTH)
    return found


def _month(text: str, born_on: date | None, today: date) -> str:
    """A year, or a month of one: 2019, 3/2019, 2019-03."""
    match = re.fullmatch(r"(?:(?P<m>\d{1,2})[/-])?(?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d{1,2})", text, re.ASCII)
    if match is None:
        raise Wrong(Fault.MONTH)
    year, month = int(match["y"] or match["y2"]), match["m"] or match["m2"]
    if year < EARLIEST or (month and not 1 <= int(month) <= 12):
        raise Wrong(Fault.MONTH)
    said = (year, int(month or 0))
    if said > (today.year, today.month if month else 0):
        raise Wrong(Fault.FUTURE)
    if born_on is not None and said < (born_on.year, born_on.month if month else 0):
        raise Wrong(Fault.BEFORE_BIRTH)
    return f"{year:04}-{int(month):02}" if month else f"{year:04}"


def said(value: str, before: Said | None, not_today: bool) -> Said | None:
    """What a form says of one question, given what stood in it; None: nothing new.

    A value that was typed counts, also beside "not today". A value that was emptied is taken back.
    """
    stood = before.value if before else ""
    if not_today and value in ("", stood):
        new = Said(NOT_TODAY)
    elif value:
        new = Said(ANSWERED, value)
    elif before is None or before.state != ANSWERED:
        return None
    else:
        new = Said(TAKEN_BACK)
    return None if new == before else new


# --- what counts ------------------------------------------------------------------------------------------------------
def standing(rows: Iterable[Row], until: int | None = None) -> dict[str, Standing]:
    """By question; only answers up to number `until`, where it is given."""
    by_key: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: -row.number):
        if until is None or row.number <= until:
            by_key.setdefault(row.key, []).append(row)
    return {key: Standing(found[0], tuple(found[1:])) for key, found in by_key.items()}


def is_known(found: Standing | None) -> bool:
    return found is not None and found.now.said.state == ANSWERED


def offered(offers: Iterable[Offer], found: Mapping[str, Standing]) -> dict[str, list[Shown]]:
    """What is shown beside each question: nothing that says the same as what counts, and each saying once."""
    shown: dict[str, list[Shown]] = {}
    for offer in offers:
        stands = found.get(offer.key)
        same = is_known(stands) and _alike(stands.now.said.value, offer.value)  # type: ignore[union-attr]
        beside = shown.setdefault(offer.key, [])
        if not same and not any(_alike(one.offer.value, offer.value) for one in beside):
            beside.append(Shown(offer, waits=not is_known(stands)))
    return {key: beside for key, beside in shown.items() if beside}


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def known(keys: Iterable[str], states: Mapping[str, str], waiting: Iterable[str] = ()) -> Known:
    """Of the questions of a section; `states` of the answers that count."""
    asked = list(keys)
    open_ = {key for key in asked if states.get(key) != ANSWERED}
    return Known(
        known=len(asked) - len(open_),
        not_today=sum(1 for key in open_ if states.get(key) == NOT_TODAY),
        of=len(asked),
        to_confirm=len(open_.intersection(waiting)),
    )


def next_section(sections: Sequence[tuple[str, Known]]) -> str:
    """The first with something to confirm or to ask; then the first where it was "not today"; empty: all is known."""
    first = next((key for key, one in sections if one.still_open), "")
    return first or next((key for key, one in sections if one.not_today), "")


# --- who sent them ----------------------------------------------------------------------------------------------------
class Asks(StrEnum):
    """Whether somebody ordered the person here: what may be required of them follows from it."""

    NOBODY = "nobody"
    OTHERS = "others"
    UNKNOWN = "unknown"


def asks(mandate: Said | None) -> Asks:
    if mandate is None or mandate.state != ANSWERED:
        return Asks.UNKNOWN
    return Asks.NOBODY if mandate.value == "nobody" else Asks.OTHERS
