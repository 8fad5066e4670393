"""A level of care out of ratings and facts: the rules are the program's data, the clinician decides.

A rule says which facts, each at least so high, call for a level. Nothing else can be said in one, so what gets worse
never leads to a lower level. Dimensions and levels have the names in use (ASAM, fourth edition); the rules are ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: from less to more; the order in which a level is "higher"
LEVELS = ("1", "1.5", "1.7", "2.1", "2.5", "2.7", "3.1", "3.5", "3.7", "4")
RATINGS = ("0", "1", "2", "3", "4")


class Fact(StrEnum):
    """What a rule may ask about. Each goes from good to bad."""

    WITHDRAWAL_MEDICATION = "dimension_1"
    BIOMEDICAL = "dimension_2"
    PSYCHIATRIC = "dimension_3"
    SUBSTANCE = "dimension_4"
    ENVIRONMENT = "dimension_5"
    WITHDRAWAL = "withdrawal"
    SAFETY = "safety"
    LIVING = "living"
    MEDICAL = "medical"


DIMENSIONS = tuple(fact for fact in Fact if fact.startswith("dimension"))
#: the values of a fact, the best first; their place is how high they are
VALUES: Mapping[Fact, tuple[str, ...]] = {
    **dict.fromkeys(DIMENSIONS, RATINGS),
    Fact.WITHDRAWAL: ("none", "mild", "moderate", "severe"),
    Fact.SAFETY: ("none", "low", "moderate", "high"),
    Fact.LIVING: ("steady", "shaky", "unsafe"),
    Fact.MEDICAL: ("none", "some", "daily"),
}


@dataclass(frozen=True)
class Need:
    """One fact, at least so high."""

    fact: Fact
    least: int

    @property
    def value(self) -> str:
        return VALUES[self.fact][self.least]


@dataclass(frozen=True)
class Rule:
    """All of these together call for the level. `key` finds its words."""

    level: str
    key: str
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Short:
    """Why a rule of a higher level does not hold: what is lower than it asks."""

    rule: Rule
    lower: tuple[Need, ...]


@dataclass(frozen=True)
class Recommendation:
    """`level` is what the known facts call for; with facts missing it may be higher, never lower."""

    level: str
    #: why no lower level is enough; empty at the lowest
    because: tuple[Rule, ...]
    #: rules of the next higher level, and what each lacks
    not_higher: tuple[Short, ...]
    #: facts that nobody stated and that could lead to a higher level
    missing: tuple[Fact, ...]


class Unreadable(ValueError):
    """A need that is not `fact >= value` with a known fact and one of its values."""


def read_need(text: str) -> Need:
    """`"dimension_4 >= 2"`, `"living >= unsafe"`. Raises Unreadable, for the best value of a fact too: it asks none."""
    parts = text.split()
    if len(parts) != 3 or parts[1] != ">=" or parts[0] not in list(Fact):
        raise Unreadable(text)
    fact = Fact(parts[0])
    if parts[2] not in VALUES[fact][1:]:
        raise Unreadable(text)
    return Need(fact, VALUES[fact].index(parts[2]))


def recommend(rules: Iterable[Rule], facts: Mapping[Fact, str | None]) -> Recommendation:
    """The highest level that a rule calls for; the lowest of all where none does.

    In: values of VALUES; None or left out where nobody knows. Raises ValueError for a value that a fact does not have.
    """
    known = {fact: VALUES[fact].index(value) for fact, value in facts.items() if value is not None}
    by_level: dict[str, list[Rule]] = {level: [] for level in LEVELS}
    for rule in rules:
        by_level[rule.level].append(rule)
    level = next((one for one in reversed(LEVELS) if any(_holds(rule, known) for rule in by_level[one])), LEVELS[0])
    above = [rule for one in LEVELS[LEVELS.index(level) + 1 :] for rule in by_level[one]]
    return Recommendation(
        level=level,
        because=tuple(rule for rule in by_level[level] if _holds(rule, known)),
        not_higher=_not_higher(above, known),
        missing=_missing(above, known),
    )


def _holds(rule: Rule, known: Mapping[Fact, int]) -> bool:
    return all(known.get(need.fact, -1) >= need.least for need in rule.needs)


def _lower(rule: Rule, known: Mapping[Fact, int]) -> tuple[Need, ...]:
    return tuple(need for need in rule.needs if need.fact in known and known[need.fact] < need.least)


def _not_higher(above: Sequence[Rule], known: Mapping[Fact, int]) -> tuple[Short, ...]:
    """Of the next level that has rules, those that cannot hold any more."""
    if not above:
        return ()
    short = (Short(rule, _lower(rule, known)) for rule in above if rule.level == above[0].level)
    return tuple(one for one in short if one.lower)


def _missing(above: Sequence[Rule], known: Mapping[Fact, int]) -> tuple[Fact, ...]:
    """Facts whose answer could still make a higher rule hold."""
    open_rules = [rule for rule in above if not _lower(rule, known)]
    unknown = {need.fact for rule in open_rules for need in rule.needs if need.fact not in known}
    return tuple(fact for fact in Fact if fact in unknown)


#: a rating from here on says why
SAY_WHY = "2"


def without_reason(facts: Mapping[Fact, str | None], reasons: Mapping[Fact, str]) -> tuple[Fact, ...]:
    """Dimensions rated 2 or more without a word of why."""
    rated = [fact for fact in DIMENSIONS if (facts.get(fact) or "") >= SAY_WHY]
    return tuple(fact for fact in rated if not reasons.get(fact, "").strip())


def unrated(facts: Mapping[Fact, str | None], found: Recommendation, level: str) -> tuple[Fact, ...]:
    """Dimensions without a rating; none where no rating could lead to more than what the rules find or a clinician
    decides on: an emergency does not wait for them."""
    if level == LEVELS[-1] or not set(DIMENSIONS).intersection(found.missing):
        return ()
    return tuple(fact for fact in DIMENSIONS if facts.get(fact) is None)


#: what was found changes fast: after these days it is found afresh
LATELY = timedelta(days=30)
PASSING = (Fact.WITHDRAWAL, Fact.SAFETY)


def is_recent(on: date, today: date) -> bool:
    return today - on <= LATELY
