"""The log of a year for HHS (45 CFR 164.408(c)): a table of breaches, without a name and without a story."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.people.breaches import letters, states
from trellis.people.breaches.queries import Known
from trellis.people.breaches.rules import Duty
from trellis.people.consent.people_words import INFORMATION

#: with one of these a program that shows tables takes a text for a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def heads() -> list[str]:
    return [
        _("Incident"), _("Discovered on"), _("It happened"), _("People affected"), _("People told"),
        _("Information involved"), _("Where it stands"), _("HHS told on"),
    ]  # fmt: skip


def lines(found: Iterable[Known]) -> list[list[str]]:
    return [_line(one) for one in found if one.state != states.CLEARED]


def as_csv(found: Iterable[Known]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    for line in [heads(), *lines(found)]:
        writer.writerow([plain(cell) for cell in line])
    return out.getvalue()


def plain(cell: str) -> str:
    """A text that no program takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _line(one: Known) -> list[str]:
    told = one.given.get(Duty.HHS)
    return [
        one.row.public_id, one.facts.discovered_on.isoformat(), letters.when(one.facts), str(one.counts.affected),
        str(one.counts.told), "; ".join(str(INFORMATION[word]) for word in one.facts.information),
        str(states.MACHINE.status(one.state).label), told.on.isoformat() if told else "",
    ]  # fmt: skip
