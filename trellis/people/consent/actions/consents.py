"""What can be done with consents. Nothing is overwritten: a consent is signed, and what ends it stands beside it."""

from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.documents import actions as documents
from trellis.foundation.documents.reworking import Clean
from trellis.people.clients.models import Client
from trellis.people.consent import queries
from trellis.people.consent.deaths import has_died
from trellis.people.consent.models import (
    Consent,
    ConsentEnd,
    ConsentScan,
    Disclosure,
    DisclosureFacts,
    PassedOn,
    Standing,
)
from trellis.people.consent.rules import passing_on
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.completing import Signature, Terms, lacking, unsigned

WRITTEN_MEANWHILE = _("Somebody else changed this meanwhile. Look at it below, then save once more.")
NO_BIRTH_DATE = _("Write down the date of birth first: it decides who has to sign.")
NO_TEXT = _("Show the whole text to whoever signs.")
NO_PLACE = _("Write where the paper is kept.")
ENDED = _("This consent was taken back already.")
NO_PAPER = _("This consent was signed on a screen. It has no paper to keep.")
NO_INTERMEDIARY = _("Choose what was told to an intermediary: only that can have been passed on.")
NOT_YET = _("Everything is written down already.")
KINDS_OF_FAULT = (
    ConsentEnd.Why.FORM_INCOMPLETE, ConsentEnd.Why.KNOWN_FALSE, ConsentEnd.Why.INTERMEDIARY_UNNAMED,
)  # fmt: skip


class Incomplete(Refused):
    """A consent without a required element. `parts`: what is missing, by the part it is about."""

    def __init__(self, parts: dict[str, Any]) -> None:
        super().__init__(next(iter(parts.values())))
        self.parts = parts


@action("consent.sign", on="client")
def sign(
    *, by: Actor, client: Client, terms: Terms, signature: Signature, shown: str, language: str,
    signed_on: "Consent.SignedOn | str", paper_place: str = "",
) -> Consent:  # fmt: skip
    """Keep what was signed, with every word that the signer had before them. Raises Incomplete."""
    known = queries.known(client, lock=True)
    if known.client.birth_date == queries.UNBORN:
        raise Refused(NO_BIRTH_DATE)
    if not shown.strip():
        raise Refused(NO_TEXT)
    signed_on = Consent.SignedOn(signed_on)
    parts = lacking(terms, known.at) | unsigned(signature, known.client, known.at)
    if signed_on is Consent.SignedOn.PAPER and not paper_place.strip():
        parts["paper_place"] = NO_PLACE
    if parts:
        raise Incomplete(parts)
    return Consent.objects.create(
        client=client, kind=terms.kind, recipients=[_entry(one) for one in terms.recipients],
        information=list(terms.information), purposes=list(terms.purposes), expires_at=terms.expires_at,
        expires_with_treatment=terms.expires_with_treatment, never_expires=terms.never_expires,
        revocable_after=terms.revocable_after, intermediary=terms.intermediary,
        members=[_entry(one) for one in terms.members], signed_by=signature.by, signer_name=_line(signature.name),
        second_signer_name=_line(signature.second_name), signed_at=known.at, signed_on=signed_on,
        paper_place=_line(paper_place), language=language, shown=shown,
        shown_sha256=sha256(shown.encode()).hexdigest(), recorded_by=by.name,
    )  # fmt: skip


@action("consent.keep_scan", on="consent")
def keep_scan(*, by: Actor, consent: Consent, file: Clean) -> ConsentScan:
    """A page of the paper, now or later. Raises documents.Unfit where no more has room."""
    if consent.signed_on != Consent.SignedOn.PAPER:
        raise Refused(NO_PAPER)
    at = queries.known(consent.client, lock=True).at
    record = f"consent:{consent.pk}"
    kept = documents.keep(by=by, subject=consent.audit_subjects[0], record=record, file=file)
    return ConsentScan.objects.create(consent=consent, document=kept, sha256=kept.sha256, at=at, by=by.name)


@action("consent.revoke", on="consent")
def revoke(*, by: Actor, consent: Consent, how: "ConsentEnd.How | str") -> ConsentEnd:
    """From now on nothing goes on it. What went before stays lawful (2.31(a)(6)). By voice it stops at once too."""
    return _end(by, consent, ConsentEnd.Why.REVOKED, ConsentEnd.How(how))


@action("consent.report_fault", on="consent")
def report_fault(*, by: Actor, consent: Consent, why: "ConsentEnd.Why | str") -> ConsentEnd:
    """It is no consent after all: incomplete on its face, or known to be false (2.31(c))."""
    why = ConsentEnd.Why(why)
    if why not in KINDS_OF_FAULT:
        raise ValueError(why)
    return _end(by, consent, why, ConsentEnd.How.NONE)


@action("consent.set_standing", on="client")
def set_standing(
    *, by: Actor, client: Client, deceased: bool, minor_consented_alone: bool, guardian_appointed: bool,
    restricted: tuple[Recipient, ...], seen: int | None = None,
) -> Standing:  # fmt: skip
    """What decides who signs, and who is not to be told; what was written before stays to be read. `seen`: number of
    the newest row that the writer saw, 0 for none: nobody takes back unread what somebody wrote meanwhile."""
    at = queries.known(client, lock=True).at
    if seen is not None and seen != (queries.standing(client).pk or 0):
        raise Refused(WRITTEN_MEANWHILE)
    if not deceased:
        _say_first_what_a_stay_says(by, client)
    return Standing.objects.create(
        client=client, deceased=deceased, minor_consented_alone=minor_consented_alone,
        guardian_appointed=guardian_appointed, restricted=[_entry(one) for one in restricted],
        recorded_at=at, by=by.name,
    )  # fmt: skip


def write_death(by: Actor, client: Client) -> Standing:
    """A stay ended so: part of the act that ends it. The rest stays as it was written down last."""
    at = queries.known(client, lock=True).at
    now = queries.standing(client)
    return Standing.objects.create(
        client=client, deceased=True, minor_consented_alone=now.minor_consented_alone,
        guardian_appointed=now.guardian_appointed, restricted=now.restricted, recorded_at=at, by=by.name,
    )  # fmt: skip


def _say_first_what_a_stay_says(by: Actor, client: Client) -> None:
    """Only a word beside the consents can be taken back there."""
    if has_died(client) and not Standing.objects.filter(client=client, deceased=True).exists():
        write_death(by, client)


@action("disclosure.complete", on="client")
def complete_disclosure(*, by: Actor, client: Client, disclosure: Disclosure, facts: dict[str, Any]) -> DisclosureFacts:
    """Write down what the record of an emergency still lacks (2.51(c)); only that is taken."""
    at = queries.known(client, lock=True).at
    owed = next((lacks for row, lacks in queries.owed_facts(client) if row.pk == disclosure.pk), ())
    given = {name: _line(str(facts[name])) for name in owed if str(facts.get(name, "")).strip()}
    if not given:
        raise Refused(NOT_YET)
    return DisclosureFacts.objects.create(disclosure=disclosure, facts=given, at=at, by=by.name)


@action("disclosure.note_passed_on", on="client")
def note_passed_on(
    *, by: Actor, client: Client, disclosure: Disclosure, entity: str, on: date, what: str
) -> PassedOn:  # fmt: skip
    """An intermediary told us whom it told. The same words twice are one row, sent by two taps."""
    at = queries.known(client, lock=True).at
    told = queries.to_intermediaries(client).filter(pk=disclosure.pk).first()
    if told is None:
        raise Refused(NO_INTERMEDIARY)
    why = passing_on.why_not(entity, what, on, told_on=queries.day_of(told.at), today=queries.day_of(at))
    if why:
        raise Refused(why)
    row, _new = PassedOn.objects.get_or_create(
        disclosure=told, entity=_line(entity), on=on, what=_line(what), defaults={"at": at, "by": by.name}
    )
    return row


@action("disclosure.account", on="client")
def account_for(*, by: Actor, client: Client) -> None:
    """Somebody takes the accounting of disclosures out: only that is written down (2.25)."""


def _end(by: Actor, consent: Consent, why: ConsentEnd.Why, how: ConsentEnd.How) -> ConsentEnd:
    at = queries.known(consent.client, lock=True).at
    before: QuerySet[ConsentEnd] = ConsentEnd.objects.filter(consent=consent, why=why)
    if before.exists():
        raise Refused(ENDED)
    return ConsentEnd.objects.create(consent=consent, why=why, how=how, at=at, by=by.name)


def _entry(one: Recipient) -> dict[str, str]:
    return {"kind": str(one.kind), "name": _line(one.name)}


def _line(text: str) -> str:
    return " ".join(text.split())
