"""The program's own say about when a level of care is looked at again, and from which figures on something is said."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from trellis.foundation.program import queries as program
from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.schema import Blueprint, Part
from trellis.journey.continuity.advice import rules
from trellis.journey.continuity.advice.rhythm import Terms

SECTION = "reassessment"
ADVICE = "advice"
Percent = Annotated[int, Field(ge=1, le=100)]


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


class Advising(Part):
    """From which figures on the record speaks for a way; none of them has a value of ours."""

    #: ratings older than this are named as old
    old_days: Annotated[int, Field(ge=1, le=365)]
    #: a shorter stay has hardly begun
    short_days: Annotated[int, Field(ge=1, le=365)]
    #: a longer one has gone on for long
    long_days: Annotated[int, Field(ge=1, le=1000)]
    #: so many of a hundred sessions are most of them …
    most_percent: Percent
    #: … and fewer than so many are few
    few_percent: Percent
    #: so many late ones of a hundred are worth a word
    late_percent: Percent
    #: two fortnights differ from so many sessions of a hundred on
    moved_percent: Percent

    @property
    def terms(self) -> rules.Terms:
        return rules.Terms(**self.model_dump())


def advising(blueprint: Blueprint | None = None) -> rules.Terms | None:
    """Of the program that counts; None where it says nothing: then nothing is advised."""
    section = (blueprint or program.current()).section(ADVICE)
    return section.terms if isinstance(section, Advising) else None


def readable(draft: Draft) -> Iterator[Finding]:
    """A short stay is shorter than a long one, and few sessions are fewer than most."""
    section = draft.sections.get(ADVICE)
    if not isinstance(section, Advising):
        return
    if section.short_days >= section.long_days:
        yield (ADVICE, "short_days"), f"Use fewer days than long_days ({section.long_days})."
    if section.few_percent >= section.most_percent:
        yield (ADVICE, "few_percent"), f"Use less than most_percent ({section.most_percent})."
