"""Whether a referral is about somebody whom we know: with reasons, and never more than a proposal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trellis.foundation.record.folding import fold
from trellis.journey.inquiry.rules import digits, names_alike

#: a shorter number says too little
SHORTEST_NUMBER = 7


class Level(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    LOOK = "look"


class Reason(StrEnum):
    SAME_NAME = "same_name"
    ALIKE_NAME = "alike_name"
    OTHER_NAME = "other_name"
    SAME_BIRTH = "same_birth"
    OTHER_BIRTH = "other_birth"
    SAME_NUMBER = "same_number"


@dataclass(frozen=True)
class Person:
    """What is compared: every name that somebody is known by, their birth date and their numbers."""

    subject: str
    names: tuple[str, ...] = ()
    born_on: date | None = None
    telephones: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    subject: str
    level: Level
    #: what speaks for it, then what speaks against it
    reasons: tuple[Reason, ...]


def proposals(this: Person, others: Iterable[Person]) -> list[Match]:
    """Who of `others` may be the same person, surest first."""
    found = [match for other in others if other.subject != this.subject and (match := judge(this, other))]
    return sorted(found, key=lambda match: (list(Level).index(match.level), match.subject))


def judge(this: Person, other: Person) -> Match | None:
    """A birth date decides the most. Two that differ leave a question only where the name speaks for it."""
    birth, number = _birth(this, other), _same_number(this, other)
    name = _name(this, other, born_alike=birth is Reason.SAME_BIRTH)
    level = _level(name, birth, number)
    if level is None:
        return None
    said = (
        name if name is not Reason.OTHER_NAME else None,
        birth if birth is Reason.SAME_BIRTH else None,
        Reason.SAME_NUMBER if number else None,
        name if name is Reason.OTHER_NAME else None,
        birth if birth is Reason.OTHER_BIRTH else None,
    )
    return Match(other.subject, level, tuple(reason for reason in said if reason))


def _level(name: Reason, birth: Reason | None, number: bool) -> Level | None:
    if name is Reason.OTHER_NAME:
        # A family shares a telephone; two dates that differ then say enough.
        return Level.LOOK if number and birth is not Reason.OTHER_BIRTH else None
    if birth is Reason.SAME_BIRTH:
        return Level.CERTAIN if name is Reason.SAME_NAME else Level.LIKELY
    if birth is Reason.OTHER_BIRTH:
        return Level.LOOK if number or name is Reason.SAME_NAME else None
    return Level.LIKELY if number else Level.LOOK


def _birth(this: Person, other: Person) -> Reason | None:
    if this.born_on is None or other.born_on is None:
        return None
    return Reason.SAME_BIRTH if this.born_on == other.born_on else Reason.OTHER_BIRTH


def _same_number(this: Person, other: Person) -> bool:
    return not _numbers(this).isdisjoint(_numbers(other))


def _numbers(person: Person) -> set[str]:
    return {number for one in person.telephones if len(number := digits(one)) >= SHORTEST_NUMBER}


def _name(this: Person, other: Person, *, born_alike: bool) -> Reason:
    """The nearest that two of their names come: accents, capitals and the order of words are forgiven."""
    order = (Reason.SAME_NAME, Reason.ALIKE_NAME, Reason.OTHER_NAME)
    found = {_names(one, another, born_alike) for one in this.names for another in other.names}
    return next((reason for reason in order if reason in found), Reason.OTHER_NAME)


def _names(one: str, other: str, born_alike: bool) -> Reason:
    words, others = set(fold(one).split()), set(fold(other).split())
    if words and words == others:
        return Reason.SAME_NAME
    # Two names of one person often differ by a second name; one shared word is enough beside the same birth date.
    enough = 1 if born_alike else 2
    return Reason.ALIKE_NAME if len(words & others) >= enough or names_alike(one, other) else Reason.OTHER_NAME
