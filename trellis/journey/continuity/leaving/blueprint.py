"""How many days the program gives itself for the summary of a stay."""

from collections.abc import Iterator

from trellis.foundation.program import queries as program
from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.schema.base import Part

SECTION = "discharge"
#: where the program says nothing; 30 days is the norm of the field
DAYS = 30


class DischargeTerms(Part):
    summary_days: int


def summary_days() -> int:
    section = program.current().section(SECTION)
    return section.summary_days if isinstance(section, DischargeTerms) else DAYS


def readable(draft: Draft) -> Iterator[Finding]:
    section = draft.sections.get(SECTION)
    if isinstance(section, DischargeTerms) and not 1 <= section.summary_days <= DAYS:
        yield (SECTION, "summary_days"), f"Use 1 to {DAYS} days."
