"""What is missing and what is known, in words for a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.admission.arriving import rules
from trellis.journey.admission.arriving.blueprint import Arriving, steps_of
from trellis.journey.admission.arriving.queries import Arrival
from trellis.journey.admission.models import Coverage, NeedFact


@dataclass(frozen=True)
class Step:
    key: str
    words: str
    by: str
    of: tuple[str, ...]
    due: str
    done: bool
    late: bool
    #: of a step that somebody wrote down: the day and the note
    on: date | None
    note: str

    @property
    def state(self) -> str:
        return _("Done") if self.done else _("Overdue") if self.late else _("To do")

    @property
    def tone(self) -> str:
        return "leaf" if self.done else "gold" if self.late else "plain"


def steps(section: Arriving, found: Arrival, today: date) -> list[Step]:
    words = {one.key: str(one.words) for one in section.steps}
    first = found.stay.opened_on if found.stay else None
    return [_step(line, words, found, today) for line in rules.standing(steps_of(section), found.known, first, today)]


def _step(line: rules.Line, words: Mapping[str, str], found: Arrival, today: date) -> Step:
    row = found.steps.get(line.step.key) if line.step.by is rules.By.FACT and line.done else None
    return Step(
        key=line.step.key, words=words[line.step.key], by=line.step.by.value, of=line.step.of,
        due="" if line.done or line.due_on is None else due_words(line.due_on, today), done=line.done, late=line.late,
        on=row.on if row else None, note=crypto.unseal(row.note_sealed) if row and row.note_sealed else "",
    )  # fmt: skip


def due_words(due_on: date, today: date) -> str:
    days = (today - due_on).days
    if days > 0:
        return ngettext("Late since yesterday", "%(days)d days late", days) % {"days": days}
    if days == 0:
        return _("By today")
    return _("By %(day)s") % {"day": date_format(due_on, "DATE_FORMAT")}


def heading(lines: list[Step]) -> str:
    missing, late = sum(not one.done for one in lines), sum(one.late for one in lines)
    if not missing:
        return _("Nothing is missing")
    said = ngettext("%(missing)d thing is still missing", "%(missing)d things are still missing", missing)
    if not late:
        return said % {"missing": missing}
    return _("%(said)s, %(late)d of them late") % {"said": said % {"missing": missing}, "late": late}


@dataclass(frozen=True)
class Paid:
    """One fact about who pays."""

    public_id: str
    who: str
    number: str
    on: date
    authorized: str
    amount: str
    starts_on: date | None
    ends_on: date | None
    ended: bool
    at: datetime


def paid(row: Coverage, today: date) -> Paid:
    names = {payer.key: str(payer.names) for payer in program.current().payers}
    return Paid(
        public_id=row.public_id, who=names.get(row.payer, row.payer) or row.get_kind_display(),
        number=row.member_number, on=row.on, amount="" if row.cents is None else f"${row.cents / 100:,.2f}",
        authorized=f"{row.authorized} {row.get_unit_display()}" if row.authorized else "",
        starts_on=row.starts_on, ends_on=row.ends_on, ended=not rules.covers(None, row.ends_on, today), at=row.at,
    )  # fmt: skip


def terms_of(row: Coverage) -> dict[str, Any]:
    """What the form begins with: nobody types again what is known."""
    return {
        "kind": row.kind, "payer": row.payer, "member_number": row.member_number, "authorized": row.authorized,
        "unit": row.unit, "starts_on": row.starts_on, "ends_on": row.ends_on,
        "amount": None if row.cents is None else f"{row.cents / 100:.2f}",
    }  # fmt: skip


def needed(rows: Mapping[str, NeedFact]) -> list[tuple[str, str]]:
    """What they need, and in which way; "no" is not listed."""
    known = [rows[need] for need in NeedFact.Need.values if need in rows and rows[need].needed]
    return [(str(row.get_need_display()), row.words) for row in known]


def answers_of(rows: Mapping[str, NeedFact]) -> dict[str, str]:
    return {key: "yes" if row.needed else "no" for key, row in rows.items()} | {
        f"{key}_words": row.words for key, row in rows.items()
    }
