"""Consents, decisions and disclosures, as scripts and people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.foundation.program import queries as program
from trellis.people.consent import paper
from trellis.people.consent import people_words as words
from trellis.people.consent.models import Consent, ConsentEnd, Disclosure
from trellis.people.consent.queries import Held, recipients_of
from trellis.people.consent.rules import Decision
from trellis.people.consent.rules.completing import Terms
from trellis.people.consent.rules.reasons import SENTENCES
from trellis.people.consent.rules.words import Kind


def as_json(decision: Decision) -> dict[str, Any]:
    """As `shared/contracts/disclosures.md` has it."""
    return {
        "allow": decision.allow,
        "ground": decision.ground,
        "information": list(decision.information),
        "withheld": list(decision.withheld),
        "notice": decision.notice,
        "record": list(decision.record),
        "missing": list(decision.missing),
        "why": decision.why,
    }


def as_text(decision: Decision) -> str:
    """One line for a terminal."""
    lists = (
        ("May go", decision.information),
        ("Stays here", decision.withheld),
        ("Missing", decision.missing),
        ("To be written down", decision.record),
    )
    parts = [f"Yes ({decision.ground})." if decision.allow else "No.", decision.why]
    return " ".join(parts + [f"{words}: {', '.join(map(str, items))}." for words, items in lists if items])


def as_line(row: dict[str, Any]) -> str:
    """One disclosure for a terminal."""
    what = ", ".join(row["information"])
    return f"{row['at']} {row['recipient']['name']}: {what} ({row['purpose']}; {row['ground']})"


# --- pages ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One consent as a list shows it."""

    consent: Consent
    #: a name, or for a whole group what the consent is for
    title: str
    who: str
    what: str
    purpose: str
    until: str
    signed: datetime
    why_out: str
    may_stop: bool


def line(held: Held, zone: tzinfo) -> Line:
    terms = terms_of(held)
    return Line(
        consent=held.row,
        title=str(words.KINDS[Kind.TPO]) if terms.kind == Kind.TPO else words.recipients(terms.recipients),
        who=words.recipients(terms.recipients),
        what=words.information(terms.information),
        purpose=words.purposes(terms.purposes),
        until=paper.until(terms, zone),
        signed=held.row.signed_at,
        why_out=_why_out(held),
        may_stop=held.rule.revoked_at is None,
    )


def terms_of(held: Held) -> Terms:
    row = held.row
    return Terms(
        row.kind, held.recipients, tuple(row.information), tuple(row.purposes), row.expires_at,
        row.expires_with_treatment, row.never_expires, row.revocable_after, row.intermediary,
        recipients_of(row.members),
    )  # fmt: skip


def _why_out(held: Held) -> str:
    faults = [end.get_why_display() for end in held.ends if end.why != ConsentEnd.Why.REVOKED]
    if faults:
        return words.listed(faults)
    return str(SENTENCES[held.out]) if held.out else ""


@dataclass(frozen=True)
class Told:
    """One disclosure as the accounting shows it."""

    at: datetime
    who: str
    address: str
    what: str
    purpose: str
    ground: str
    #: what somebody wrote of it; a letter says it all by its kinds, in the reader's language
    content: str
    notice: bool


def told(row: Disclosure) -> Told:
    return Told(
        row.at, row.recipient_name, row.recipient_address, words.information(row.information),
        words.purposes([row.purpose]), words.ground(row.ground), _said(row), row.notice,
    )  # fmt: skip


def _said(row: Disclosure) -> str:
    return row.get_how_display() if row.how == Disclosure.How.LETTER else row.content


@dataclass(frozen=True)
class Answer:
    """What the gate said, as the page prints it."""

    allow: bool
    why: str
    may_go: str
    stays: str
    missing: str
    ground: str
    notice: bool


def answer(decision: Decision) -> Answer:
    return Answer(
        decision.allow, decision.why, words.information(decision.information), words.information(decision.withheld),
        words.facts(decision.missing), words.ground(decision.ground) if decision.ground else "", decision.notice,
    )  # fmt: skip


def in_a_line(row: Disclosure) -> str:
    """One disclosure in a list to choose from."""
    day = date_format(row.at.astimezone(program.zone()), "DATE_FORMAT")
    return _("%(who)s, %(day)s: %(what)s") % {
        "who": row.recipient_name, "day": day, "what": words.information(row.information),
    }  # fmt: skip


def accounting(rows: Iterable[Disclosure]) -> list[dict[str, Any]]:
    """As `trellis disclosures list --json` prints it."""
    return [
        {
            "id": row.public_id, "at": row.at.isoformat(), "by": row.by, "recipient": {
                "kind": row.recipient_kind, "name": row.recipient_name, "address": row.recipient_address,
            }, "purpose": row.purpose, "information": row.information, "ground": row.ground, "how": row.how,
            "content": row.content, "sha256": row.content_sha256, "notice": row.notice,
        }
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One consent that was signed on paper: where the paper lies, and how many scans of it we keep."""

    consent: Consent
    title: str
    place: str
    kept: int

    @property
    def state(self) -> str:
        if not self.kept:
            return _("The scan is missing")
        return ngettext("%(number)d file kept", "%(number)d files kept", self.kept) % {"number": self.kept}


def papers(rows: Iterable[tuple[Consent, int]]) -> list[Paper]:
    return [Paper(row, paper_title(row), row.paper_place, kept) for row, kept in rows]


def paper_title(row: Consent) -> str:
    if row.kind == Kind.TPO:
        return str(words.KINDS[Kind.TPO])
    return ", ".join(str(one["name"]) for one in row.recipients)
