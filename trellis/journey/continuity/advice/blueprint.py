"""The program's own say about when a level of care is looked at again."""

from typing import Annotated

from pydantic import Field

from trellis.foundation.program import queries as program
from trellis.foundation.program.schema import Blueprint, Part
from trellis.journey.continuity.advice.rhythm import Terms

SECTION = "reassessment"


class Events(Part):
    """What calls for a look before the days are over."""

    safety_alert: bool = True
    #: a form said some use, after one that said none
    use: bool = True
    #: so many whole weeks in a row …; 0: never
    short_weeks: Annotated[int, Field(ge=0, le=8)] = 2
    #: … below so many percent of what the week asked
    below_percent: Annotated[int, Field(ge=1, le=100)] = 75


class Reassessment(Part):
    every_days: Annotated[int, Field(ge=1, le=365)]
    events: Events = Events()

    @property
    def terms(self) -> Terms:
        said = self.events
        return Terms(self.every_days, said.safety_alert, said.use, said.short_weeks, said.below_percent)


def reassessment(blueprint: Blueprint | None = None) -> Reassessment | None:
    """Of the program that counts; None where it says nothing: then nothing is due by itself."""
    section = (blueprint or program.current()).section(SECTION)
    return section if isinstance(section, Reassessment) else None
