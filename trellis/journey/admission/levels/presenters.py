"""What the rules say about somebody's facts, as a colleague would: why not less, why not more, what is not known."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from trellis.foundation.record import crypto
from trellis.journey.admission.levels import queries, words
from trellis.journey.admission.levels.blueprint import CareLevels, care_levels
from trellis.journey.admission.levels.rules import Fact, Recommendation, Short
from trellis.journey.admission.models import LevelAssessment


@dataclass(frozen=True)
class Said:
    level: str
    name: str
    because: tuple[str, ...]
    #: the level above, and why it is not needed
    above: str
    not_higher: tuple[str, ...]
    missing: tuple[str, ...]
    #: about hours that they cannot give; empty where they can, or where the level asks none
    hours: str


@dataclass(frozen=True)
class Kept:
    """One assessment of before, for the list."""

    at: datetime
    kind: str
    name: str
    #: what the rules said; `other` the same where somebody decided otherwise
    recommended: str
    other: str
    reason: str
    considerations: str
    #: each with its value, and why so where somebody said it
    facts: tuple[tuple[str, str, str], ...]
    #: when whoever decided talked with whoever proposed
    consulted_on: date | None


def said(found: Recommendation, section: CareLevels, hours: int | None) -> Said:
    why = [str(rule.why) for rule in section.rules]
    above = found.not_higher[0].rule.level if found.not_higher else ""
    return Said(
        level=found.level,
        name=words.level(found.level),
        because=tuple(why[int(rule.key)] for rule in found.because) or (_("No rule of the program asks for more."),),
        above=words.level(above) if above else "",
        not_higher=tuple(_short(one, why[int(one.rule.key)]) for one in found.not_higher),
        missing=tuple(str(words.FACTS[fact]) for fact in found.missing),
        hours=_hours(found.level, hours),
    )


def why_decided(row: LevelAssessment) -> str:
    """A decision and what the program's rules say for it, as a first draft of why somebody is admitted."""
    section = care_levels()
    if section is None:
        return ""
    found = queries.recommended({fact: row.facts.get(fact.value) for fact in Fact})
    assert found is not None  # the section is there
    why = _opened(row.reason_sealed) or " ".join(said(found, section, row.hours).because)
    return f"{words.level(row.level)}. {why}"


def _short(one: Short, why: str) -> str:
    needs = ", ".join(
        _("%(fact)s: %(value)s or more") % {"fact": words.FACTS[need.fact], "value": words.value(need.fact, need.value)}
        for need in one.lower
    )
    return _("“%(why)s” would need %(needs)s.") % {"why": why, "needs": needs}


def _hours(level: str, hours: int | None) -> str:
    asked = words.HOURS.get(level)
    if hours is None or asked is None or hours >= asked:
        return ""
    sentence = _(
        "This level asks at least %(asked)d hours a week; they can give %(hours)d. Look for what would free them."
    )
    return sentence % {"asked": asked, "hours": hours}


def kept(row: LevelAssessment) -> Kept:
    return Kept(
        at=row.at,
        kind=str(LevelAssessment.Kind(row.kind).label),
        name=words.level(row.level),
        recommended=words.level(row.recommended),
        other="" if row.level == row.recommended else words.level(row.recommended),
        reason=_opened(row.reason_sealed),
        considerations=_opened(row.considerations_sealed),
        facts=_facts(row.facts, reasons(row)),
        consulted_on=row.consulted_on,
    )


def reasons(row: LevelAssessment) -> dict[str, str]:
    """Of each dimension, why it was rated so."""
    found: dict[str, str] = json.loads(_opened(row.reasons_sealed) or "{}")
    return found


def _facts(facts: Mapping[str, str | None], why: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (str(words.FACTS[fact]), words.value(fact, value), why.get(fact, ""))
        for fact in Fact
        if (value := facts.get(fact)) is not None
    )


def _opened(sealed: str) -> str:
    return crypto.unseal(sealed) if sealed else ""
