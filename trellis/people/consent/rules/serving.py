"""What one consent lets through, and where it fails. Sources: 42 CFR 2.14, 2.15, 2.31, 2.33, 2.35."""

from datetime import datetime

from trellis.people.consent.rules.case import Ask, Case, Client, Consent, Recipient
from trellis.people.consent.rules.reasons import Reason
from trellis.people.consent.rules.words import (
    CLASSES,
    ORDINARY,
    TPO,
    Information,
    Kind,
    Purpose,
    Signer,
    Who,
    named,
)

GROWN_UP = 18  # years


def fault_of(consent: Consent, case: Case) -> Reason | None:
    """The first reason for which it does not serve this question; None where it serves, for something at least."""
    return next((reason for reason, holds in CHECKS if not holds(consent, case)), None)


def out_of_force(consent: Consent, client: Client, at: datetime) -> Reason | None:
    """Why it serves nobody at that instant, whoever asks; None while it is in force."""
    case = Case(at, client, (consent,), NOBODY_ASKS)
    return next((reason for reason, holds in OF_ITSELF if not holds(consent, case)), None)


def lets_through(consent: Consent) -> frozenset[str]:
    """Counseling notes need a consent for them alone; one for them that names more serves for nothing (2.31(b))."""
    if consent.kind == Kind.COUNSELING_NOTES:
        alone = set(consent.information) == {Information.COUNSELING_NOTES}
        return named(consent.information) if alone else frozenset()
    return named(consent.information) & ORDINARY


def matches(entry: Recipient, asker: Recipient, *, classes: bool) -> bool:
    """`classes`: whether a class may stand for all who belong to it. An empty name matches nothing."""
    if entry.kind == Who.CLASS:
        return classes and entry.name in CLASSES & asker.roles
    return entry.kind == asker.kind and bool(entry.same_name) and entry.same_name == asker.same_name


def _names_them(consent: Consent, case: Case) -> bool:
    classes = consent.kind == Kind.TPO
    return any(matches(entry, case.ask.recipient, classes=classes) for entry in consent.recipients)


def _for_this_purpose(consent: Consent, case: Case) -> bool:
    """Legal proceedings stand alone (2.31(d)); a consent of 2.35 serves monitoring only."""
    purpose, purposes = case.ask.purpose, set(consent.purposes)
    if purpose not in purposes or (Purpose.LEGAL_PROCEEDINGS in purposes and len(purposes) > 1):
        return False
    if (consent.kind == Kind.LEGAL_PROCEEDINGS) != (purpose == Purpose.LEGAL_PROCEEDINGS):
        return False
    if consent.kind == Kind.TPO:
        return purpose in TPO
    return consent.kind != Kind.CRIMINAL_JUSTICE or purpose == Purpose.CRIMINAL_JUSTICE


def _names_some_of_it(consent: Consent, case: Case) -> bool:
    return bool(case.ask.split(lets_through(consent))[0])


def _complete(consent: Consent, case: Case) -> bool:
    """Every element of 2.31(a). "None" is an expiry for treatment, payment and operations only (2.31(a)(7))."""
    expires = consent.expires
    return (
        bool(consent.id)
        and consent.kind in tuple(Kind)
        and not consent.faults
        and bool(consent.signed_by)
        and consent.signed_at is not None
        and expires is not None
        and (not expires.none or consent.kind == Kind.TPO)
    )


def _signed_before(consent: Consent, case: Case) -> bool:
    return consent.signed_at is not None and consent.signed_at <= case.at


def _signed_by_the_right_one(consent: Consent, case: Case) -> bool:
    return consent.signed_at is not None and consent.signed_by == signer(case.client, consent.signed_at)


def signer(client: Client, at: datetime) -> Signer:
    """Who has to sign for them on that day; judged at signing (2.14, 2.15, Cal. Fam. Code 6929)."""
    if client.deceased:
        return Signer.PERSONAL_REPRESENTATIVE
    if is_grown_up(client, at):
        return Signer.PARENT_OR_GUARDIAN if client.guardian_appointed else Signer.CLIENT
    return Signer.CLIENT if client.minor_consented_alone else Signer.CLIENT_AND_PARENT


def is_grown_up(client: Client, at: datetime) -> bool:
    """On the day that stood in the calendar where it was signed. Born on 29 February: from 1 March on."""
    born = client.birth_date
    return (at.year - GROWN_UP, at.month, at.day) >= (born.year, born.month, born.day)


def _not_revoked(consent: Consent, case: Case) -> bool:
    """A consent of 2.35 stands until the time that it names, even where it was taken back before."""
    ends = consent.revoked_at
    if ends and consent.kind == Kind.CRIMINAL_JUSTICE and consent.revocable_after:
        ends = max(ends, consent.revocable_after)
    return ends is None or case.at < ends


def _not_expired(consent: Consent, case: Case) -> bool:
    expires = consent.expires
    if expires is None or expires.none:
        return expires is not None
    ends = expires.at if expires.at else case.client.treatment_ended_at
    return ends is None or case.at < ends


#: from what a person would say first to what they would say last
CHECKS = (
    (Reason.NO_CONSENT, _names_them),
    (Reason.PURPOSE, _for_this_purpose),
    (Reason.INFORMATION, _names_some_of_it),
    (Reason.DEFICIENT, _complete),
    (Reason.NOT_YET_SIGNED, _signed_before),
    (Reason.SIGNER, _signed_by_the_right_one),
    (Reason.REVOKED, _not_revoked),
    (Reason.EXPIRED, _not_expired),
)
#: those that ask nothing about who wants to know what
OF_ITSELF = CHECKS[3:]
NOBODY_ASKS = Ask(Recipient(Who.PERSON, ""), "", ())
CLOSENESS = {reason: number for number, (reason, _) in enumerate(CHECKS)}
