"""The program's rules about levels of care, and how many hours somebody must have for one."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated

from pydantic import Field

from trellis.foundation.program import queries as program
from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.schema import Blueprint, Part
from trellis.foundation.program.schema.base import Text
from trellis.journey.admission.levels.rules import LEVELS, Rule, Unreadable, read_need

SECTION = "care_levels"


class When(Part):
    """One rule: `needs` hold together, `why` says it to people."""

    level: str
    needs: Annotated[tuple[str, ...], Field(strict=False, min_length=1, max_length=9)]
    why: Text


class CareLevels(Part):
    #: which edition of the criteria the dimensions and levels are named after
    edition: str
    rules: Annotated[tuple[When, ...], Field(strict=False, min_length=1, max_length=200)]


def care_levels(blueprint: Blueprint | None = None) -> CareLevels | None:
    """Of the program that counts; None where it has no such rules."""
    section = (blueprint or program.current()).section(SECTION)
    return section if isinstance(section, CareLevels) else None


@cache
def rules_of(section: CareLevels) -> tuple[Rule, ...]:
    """The key of a rule is its place in the file."""
    return tuple(
        Rule(one.level, str(place), tuple(map(read_need, one.needs))) for place, one in enumerate(section.rules)
    )


def readable(draft: Draft) -> Iterator[Finding]:
    """Each level is one of those in use, and each need can be read."""
    section = draft.sections.get(SECTION)
    if not isinstance(section, CareLevels):
        return
    for place, one in enumerate(section.rules):
        if one.level not in LEVELS:
            yield (SECTION, "rules", place, "level"), f"Use one of {', '.join(LEVELS)}."
        for number, text in enumerate(one.needs):
            try:
                read_need(text)
            except Unreadable:
                yield (
                    (SECTION, "rules", place, "needs", number),
                    'Write a fact, >= and a value that is not its best: "dimension_4 >= 2", "living >= unsafe".',
                )
