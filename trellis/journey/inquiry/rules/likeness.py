"""Whether two inquiries come from one person."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rapidfuzz import fuzz

#: of 100; two names that are written at least this much alike may be one person's
NAME_ALIKE = 88
#: below this many letters a name (an initial, "Al") says too little
NAME_LETTERS = 4
#: the same content sent again within this time is one inquiry
AGAIN = timedelta(minutes=10)


class Reason(StrEnum):
    TELEPHONE = "telephone"
    EMAIL = "email"
    NAME = "name"


@dataclass(frozen=True)
class Sketch:
    """What is compared of an inquiry."""

    key: int
    telephone: str = ""
    email: str = ""
    name: str = ""


@dataclass(frozen=True)
class Likeness:
    key: int
    reasons: tuple[Reason, ...]


def fold(text: str) -> str:
    """Lower case, without accents, one space between words: "  José  Peña" is "jose pena"."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def digits(telephone: str) -> str:
    """The last ten digits: how two ways to write one American number become equal. Short numbers stay as they are."""
    return "".join(c for c in telephone if c in "0123456789")[-10:]


def duplicates(this: Sketch, others: Iterable[Sketch]) -> list[Likeness]:
    """Who of `others` may be the same person as `this`, surest first: telephone, then email, then a name written alike.

    A shared telephone alone is enough to ask a person to look; nothing is joined without one.
    """
    found = [
        Likeness(other.key, reasons) for other in others if other.key != this.key and (reasons := _reasons(this, other))
    ]
    order = list(Reason)
    return sorted(found, key=lambda like: (order.index(like.reasons[0]), -len(like.reasons), -like.key))


def _reasons(this: Sketch, other: Sketch) -> tuple[Reason, ...]:
    same_number = len(digits(this.telephone)) >= 7 and digits(this.telephone) == digits(other.telephone)
    same_email = bool(fold(this.email)) and fold(this.email) == fold(other.email)
    answers = (
        (Reason.TELEPHONE, same_number),
        (Reason.EMAIL, same_email),
        (Reason.NAME, names_alike(this.name, other.name)),
    )
    return tuple(reason for reason, holds in answers if holds)


def names_alike(one: str, other: str) -> bool:
    """Names that are equal or nearly so when case, accents and the order of words are forgiven."""
    one, other = fold(one), fold(other)
    if min(len(one), len(other)) < NAME_LETTERS:
        return False
    return fuzz.token_sort_ratio(one, other) >= NAME_ALIKE


def same_within_ten_minutes(digest: str, at: datetime, earlier_digest: str, earlier_at: datetime) -> bool:
    """Whether an inquiry only repeats an earlier one: the same content, at most ten minutes apart."""
    return digest == earlier_digest and abs(at - earlier_at) <= AGAIN
