"""On which days after a stay the program asks how somebody is."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from trellis.foundation.program import queries as program
from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.schema import Blueprint, Part

SECTION = "follow_up"
LONGEST = 730


class FollowUps(Part):
    #: days after the last day of a stay, rising
    days: Annotated[tuple[int, ...], Field(strict=False, min_length=1, max_length=12)]


def days_of(blueprint: Blueprint | None = None) -> tuple[int, ...]:
    """Of the program that counts; empty where it follows nobody up."""
    section = (blueprint or program.current()).section(SECTION)
    return section.days if isinstance(section, FollowUps) else ()


def readable(draft: Draft) -> Iterator[Finding]:
    section = draft.sections.get(SECTION)
    if not isinstance(section, FollowUps):
        return
    for place, day in enumerate(section.days):
        if not 1 <= day <= LONGEST:
            yield (SECTION, "days", place), f"Write a number of days from 1 to {LONGEST}."
    for place, (before, after) in enumerate(pairwise(section.days), start=1):
        if after <= before:
            yield (SECTION, "days", place), f"Write the days in rising order: {after} stands after {before}."
