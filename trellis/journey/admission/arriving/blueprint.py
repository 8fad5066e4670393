"""The program's own list of what an admission needs, what awaits somebody on the first day, and how often we call."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated

from pydantic import Field

from trellis.foundation.program import queries as program
from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.schema import Blueprint, Part, Text
from trellis.foundation.program.schema.base import Key
from trellis.journey.admission.arriving.rules import By, Due, Step
from trellis.journey.measures.library import forms
from trellis.people.consent.rules.words import Kind

SECTION = "arriving"
#: steps that say more about what they look for
NAMES_MORE = {By.CONSENT.value, By.MEASURE.value, By.COUNSELOR.value}
TEAM = ("counselor", "therapist", "group_facilitator", "clinical_director", "medical_director")


class AdmissionStep(Part):
    key: Key
    words: Text
    due: str
    days: Annotated[int, Field(ge=0, le=365)] = 0
    #: how the record shows that it is done, and of which consent, instruments or roles
    by: str = "fact"
    of: Annotated[tuple[str, ...], Field(strict=False, max_length=12)] = ()


class Passage(Part):
    title: Text
    words: Text


class Arriving(Part):
    #: clients that one counselor looks after at most, before another is proposed
    caseload: Annotated[int, Field(ge=1, le=200)] = 20
    #: nobody who waits for a place stays longer without a word from us
    contact_days: Annotated[int, Field(ge=1, le=60)] = 7
    #: so many days after a hand-on we ask whether they got there
    hand_on_days: Annotated[int, Field(ge=1, le=60)] = 7
    bring: Annotated[tuple[Text, ...], Field(strict=False, max_length=20)] = ()
    orientation: Annotated[tuple[Passage, ...], Field(strict=False, max_length=30)] = ()
    steps: Annotated[tuple[AdmissionStep, ...], Field(strict=False, max_length=60)] = ()


def arriving(blueprint: Blueprint | None = None) -> Arriving | None:
    """Of the program that counts; None where it has no such section."""
    section = (blueprint or program.current()).section(SECTION)
    return section if isinstance(section, Arriving) else None


def rhythms() -> Arriving:
    """The days of the program, or those that hold where it says nothing."""
    return arriving() or Arriving()


@cache
def steps_of(section: Arriving) -> tuple[Step, ...]:
    return tuple(Step(one.key, Due(one.due), By(one.by), one.of, one.days) for one in section.steps)


def readable(draft: Draft) -> Iterator[Finding]:
    """Each step says when it is due and how the record shows it, in words that the rules know."""
    section = draft.sections.get(SECTION)
    if not isinstance(section, Arriving):
        return
    known: dict[str, tuple[str, ...]] = {
        By.CONSENT: tuple(Kind), By.MEASURE: tuple(forms()), By.COUNSELOR: TEAM,
    }  # fmt: skip
    for place, one in enumerate(section.steps):
        where = (SECTION, "steps", place)
        if one.key in {other.key for other in section.steps[:place]}:
            yield (*where, "key"), "Another step has this key. Give each its own."
        if one.due not in tuple(Due):
            yield (*where, "due"), f"Use one of {', '.join(Due)}."
        if one.by not in tuple(By):
            yield (*where, "by"), f"Use one of {', '.join(By)}."
        elif bool(one.of) != (one.by in NAMES_MORE):
            yield (*where, "of"), "Only a consent, a measure and a counselor say of what; and they must."
        else:
            for word in one.of:
                if word not in known[By(one.by)]:
                    yield (*where, "of"), f"{word} is not known. Use some of {', '.join(known[By(one.by)])}."
