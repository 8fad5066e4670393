"""What the pages about keeping and deleting print."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.doors.operations.models import LegalHold, Tombstone
from trellis.doors.operations.retention import queries
from trellis.doors.operations.retention.queries import Due
from trellis.doors.operations.retention.rules import Term
from trellis.doors.operations.retention.terms import Kind, read, said


@dataclass(frozen=True)
class Line:
    title: str
    detail: str
    public_id: str = ""
    subject: str = ""
    held: bool = False
    hold: Any = None


def kind_words(kind: str) -> str:
    return {"client": _("Client"), "inquiry": _("Asked for help"), "outside": _("Note from outside")}[kind]


def due_lines(rows: Iterable[Due]) -> list[Line]:
    rows = list(rows)
    known = queries.called(read(), [one.subject for one in rows])
    lines = []
    for one in rows:
        name, public_id = known[one.subject]
        words = {"kind": kind_words(one.kind), "day": date_format(one.on)}
        detail = _("%(kind)s, due since %(day)s") % words
        lines.append(Line(name or kind_words(one.kind), detail, public_id, one.subject, one.held))
    return lines


def hold_lines(holds: Iterable[LegalHold], names: dict[str, str]) -> list[Line]:
    """`names`: who placed them, as the trail names accounts."""
    holds = list(holds)
    known = queries.called(read(), [one.subject for one in holds])
    lines = []
    for one in holds:
        name, public_id = known[one.subject]
        words = {"day": date_format(one.since), "who": names.get(one.by, one.by)}
        title = name or kind_words(one.subject.partition(":")[0])
        lines.append(Line(title, _("Since %(day)s, by %(who)s") % words, public_id, one.subject, True, one))
    return lines


def tombstone_line(row: Tombstone) -> Line:
    rows = ngettext("%(number)s row", "%(number)s rows", row.rows) % {"number": row.rows}
    words = {"day": date_format(row.at), "rows": rows}
    kind, _colon, number = row.subject.partition(":")
    return Line(f"{kind_words(kind)} {number}", _("Deleted on %(day)s, %(rows)s") % words)


@dataclass(frozen=True)
class KindLine:
    name: str
    kept: str
    why: str


def kind_lines() -> list[KindLine]:
    return [_kind(kind) for kind in read().kinds.values()]


def _kind(kind: Kind) -> KindLine:
    if kind.keep:
        kept = _("%(terms)s from %(moment)s") % {"terms": _terms(kind.keep), "moment": said(kind.runs_from)}
        return KindLine(kind.name, kept, "; ".join(said(term.why) for term in kind.keep))
    if kind.days:
        kept = ngettext("%(number)s day", "%(number)s days", kind.days) % {"number": kind.days}
        return KindLine(kind.name, kept, "")
    if kind.stays:
        return KindLine(kind.name, _("Never deleted"), said(kind.stays))
    return KindLine(kind.name, _("Goes with the record"), said(kind.goes_with))


def _terms(terms: Iterable[Term]) -> str:
    """ "10 years, and at least to the age of 19": the shorter ones change nothing."""
    terms = list(terms)
    years = max(term.years for term in terms)
    words = ngettext("%(number)s year", "%(number)s years", years) % {"number": years}
    ages = [term.to_age for term in terms if term.to_age]
    return _("%(years)s, and at least to the age of %(age)s,") % {"years": words, "age": max(ages)} if ages else words
