"""The program's own lines about withdrawal: which scale is asked when, and from which total on another place is due."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from trellis.foundation.program import queries as program
from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.schema import Blueprint, Part
from trellis.foundation.program.schema.base import Text
from trellis.journey.admission.history.rules import Line, Substance

SECTION = "withdrawal"
#: the highest total of each scale
MOST = {"cows": 48, "ciwa_ar": 67}
#: as the forms are called
FORMS = {"cows": "cows", "ciwa_ar": "ciwa-ar"}
LONGEST = 60


class Care(Part):
    """For these substances, so many days after the last use."""

    substances: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    within_days: Annotated[int, Field(ge=1, le=LONGEST)]
    #: what to do: from the line on, or where no scale fits
    do: Text


class Scale(Care):
    #: the medical director's line: from this total on another place is needed
    transfer: Annotated[int, Field(ge=1)]


class Withdrawal(Part):
    cows: Scale | None = None
    ciwa_ar: Scale | None = None
    #: withdrawal for which there is no scale
    call: Care | None = None


def section(blueprint: Blueprint | None = None) -> Withdrawal | None:
    """Of the program that counts; None where it says nothing of withdrawal."""
    found = (blueprint or program.current()).section(SECTION)
    return found if isinstance(found, Withdrawal) else None


def lines_of(found: Withdrawal) -> list[Line]:
    lines = [
        Line(key, one.substances, timedelta(days=one.within_days), one.transfer)
        for key in MOST
        if (one := getattr(found, key)) is not None
    ]
    if found.call is not None:
        lines.append(Line("call", found.call.substances, timedelta(days=found.call.within_days)))
    return lines


def do(found: Withdrawal, key: str) -> str:
    return str(getattr(found, key).do)


def readable(draft: Draft) -> Iterator[Finding]:
    """Substances are known, and a line lies within its scale."""
    found = draft.sections.get(SECTION)
    if not isinstance(found, Withdrawal):
        return
    for key in (*MOST, "call"):
        one = getattr(found, key)
        for place, substance in enumerate(one.substances if one else ()):
            if substance not in list(Substance):
                yield (SECTION, key, "substances", place), f"Use one of {', '.join(Substance)}."
        if isinstance(one, Scale) and one.transfer > MOST[key]:
            yield (SECTION, key, "transfer"), f"The highest total is {MOST[key]}."
