"""From how many finished stays on the program draws what is usual here."""

from typing import Annotated

from pydantic import Field

from trellis.foundation.program import queries as program
from trellis.foundation.program.schema import Blueprint, Part

SECTION = "expected_band"


class ExpectedBand(Part):
    #: with fewer, single people could be made out, and chance would draw the band
    at_least: Annotated[int, Field(ge=20, le=10_000)]


def expected_band(blueprint: Blueprint | None = None) -> ExpectedBand | None:
    """Of the program that counts; None where it says nothing: then no band is drawn."""
    section = (blueprint or program.current()).section(SECTION)
    return section if isinstance(section, ExpectedBand) else None
