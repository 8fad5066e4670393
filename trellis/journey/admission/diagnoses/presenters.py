"""Diagnoses as a page prints them, and what the rule says as a colleague would."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trellis.foundation.record import crypto
from trellis.journey.admission.diagnoses import codes, words
from trellis.journey.admission.diagnoses.rules import Criterion, Remission, Severity, Substance, Suggestion, Use
from trellis.journey.admission.models import Diagnosis, DiagnosisEnd


@dataclass(frozen=True)
class Line:
    row: Diagnosis
    code: str
    label: str
    #: severity, remission and what is said beside
    details: tuple[str, ...]
    criteria: tuple[str, ...]
    words: str
    who: str
    at: datetime
    is_signed: bool
    #: how it ended, and why; empty while it stands
    ended: str
    why_ended: str


@dataclass(frozen=True)
class Said:
    code: str
    label: str
    severity: str
    #: each reason a sentence
    why: tuple[str, ...]
    is_disorder: bool


@dataclass(frozen=True)
class Sent:
    """Of another place."""

    code: str
    label: str
    #: where it can be confirmed: the substance, or the code; empty where we have no such code
    substance: str
    usable: str


def label(code: str) -> str:
    return codes.label(code, get_language() or "en")


def lines(rows: Iterable[Diagnosis]) -> list[Line]:
    return [line(row) for row in rows]


def line(row: Diagnosis) -> Line:
    end = getattr(row, "end", None)
    return Line(
        row=row, code=row.code, label=label(row.code), details=tuple(_details(row)),
        criteria=tuple(str(words.CRITERIA[Criterion(one)]) for one in row.criteria), words=_opened(row.words_sealed),
        who=_who(row), at=row.at, is_signed=row.kind == Diagnosis.Kind.SIGNED, ended=_ended(end),
        why_ended=_opened(end.reason_sealed) if end else "",
    )  # fmt: skip


def _details(row: Diagnosis) -> Iterable[str]:
    if row.severity:
        yield str(words.SEVERITIES[Severity(row.severity)])
        yield criteria_words(len(row.criteria))
    if row.remission:
        yield str(words.REMISSIONS[Remission(row.remission)])
    if row.controlled_environment:
        yield _("in a controlled environment")
    if row.on_maintenance:
        yield _("with a medicine for it")
    if row.onset_year:
        yield _("since %(year)s") % {"year": row.onset_year}
    if row.from_elsewhere:
        yield _("came with a referral")


def criteria_words(count: int) -> str:
    return ngettext("%(count)d criterion of 11", "%(count)d criteria of 11", count) % {"count": count}


def _who(row: Diagnosis) -> str:
    if row.signed_by is None:
        return ""
    return ", ".join(filter(None, [row.signed_by.chosen_name, row.signed_as]))


def _ended(end: DiagnosisEnd | None) -> str:
    if end is None:
        return ""
    how = str(DiagnosisEnd.How(end.how).label)
    return f"{how}, {date_format(end.on, 'DATE_FORMAT')}"


def said(found: Suggestion, use: Use) -> Said:
    return Said(
        code=found.code,
        label=label(found.code),
        severity=str(words.SEVERITIES[found.severity]),
        why=tuple(_why(found, use)),
        is_disorder=found.severity != Severity.NONE,
    )


def _why(found: Suggestion, use: Use) -> Iterable[str]:
    yield {
        Severity.NONE: _("%(criteria)s: under two, so no disorder."),
        Severity.MILD: _("%(criteria)s: two or three, so mild."),
        Severity.MODERATE: _("%(criteria)s: four or five, so moderate."),
        Severity.SEVERE: _("%(criteria)s: six or more, so severe."),
    }[found.severity] % {"criteria": criteria_words(found.count)}
    for one in found.left_out:
        yield _("“%(criterion)s” is not counted here.") % {"criterion": words.CRITERIA[one]}
    if found.remission and use.last_met_on:
        day = date_format(use.last_met_on, "DATE_FORMAT")
        early = _("The last one was met on %(day)s: three months or more, so early remission.")
        long = _("The last one was met on %(day)s: twelve months or more, so sustained remission.")
        yield (early if found.remission == Remission.EARLY else long) % {"day": day}
    if found.severity != Severity.NONE and not found.code:
        yield _("There is no code for this one. Choose one by its code, or leave it.")


def sent(rows: Iterable[Mapping[str, Any]], on: date) -> list[Sent]:
    return [_sent(row, on) for row in rows]


def _sent(row: Mapping[str, Any], on: date) -> Sent:
    code = codes.normal(str(row["code"] or "")) if row["system"] == "icd-10-cm" else ""
    usable = code if code and codes.why_not(code, on) is None else ""
    by_criteria = usable[:3] in list(Substance) and usable[4:5] in ("1", "2")
    return Sent(
        code=str(row["code"] or ""), label=str(row["display"] or label(code) or _("Without a name")),
        substance=usable[:3] if by_criteria else "", usable="" if by_criteria else usable,
    )  # fmt: skip


def _opened(sealed: str) -> str:
    return crypto.unseal(sealed) if sealed else ""
