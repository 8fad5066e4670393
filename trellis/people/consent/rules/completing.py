"""What a consent must have before anybody may sign it: every element of 42 CFR 2.31(a), each with what to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.people.consent.rules.case import Client, Recipient
from trellis.people.consent.rules.serving import signer
from trellis.people.consent.rules.words import CLASSES, KNOWN, ORDINARY, TPO, Information, Kind, Purpose, Signer, Who

#: a lazy text
Sentence = Any

NOBODY = _("Say who may be told.")
NO_INFORMATION = _("Choose what may be told. Nothing is chosen yet.")
NO_PURPOSE = _("Choose what it is for.")
NO_END = _("Choose until when it holds.")
END_IS_PAST = _("This day is over. Choose one that lies ahead.")
FOREVER = _("Only a consent for treatment, payment and running the program can hold until it is taken back.")
NOTES_ALONE = _("Counseling notes need a consent of their own, for them and nothing else.")
COURT_ALONE = _("A consent for legal proceedings stands alone: no other purpose beside it.")
WRONG_PURPOSE = _("This kind of consent does not serve this purpose.")
CLASS_NOT_HERE = _("Name the person or the organization: a whole group can only be named for treatment and payment.")
ONE_INTERMEDIARY = _("An intermediary is one organization. Choose that, and write its name.")
NO_MEMBERS = _("Say to whom the intermediary may pass it on: to all there who treat the client, or to whom by name.")
NO_NAME = _("Type the full name: that is the signature.")
NO_SECOND_NAME = _("Type the name of the parent too: both sign.")
WRONG_SIGNER = {
    Signer.CLIENT: _("The client signs this, nobody else."),
    Signer.CLIENT_AND_PARENT: _("The client is a minor: the client and a parent sign together."),
    Signer.PARENT_OR_GUARDIAN: _("The client's guardian signs this."),
    Signer.PERSONAL_REPRESENTATIVE: _("The client has died: the personal representative signs this."),
}
#: the only class that may stand for the members of an intermediary
TREATING = "treating_provider"
UNKNOWN = _("This is none of the words that we know.")


@dataclass(frozen=True)
class Terms:
    """What a consent says, before it is signed. Exactly one of the three ends is given."""

    kind: str
    recipients: tuple[Recipient, ...]
    information: tuple[str, ...]
    purposes: tuple[str, ...]
    expires_at: datetime | None = None
    expires_with_treatment: bool = False
    never_expires: bool = False
    revocable_after: datetime | None = None
    #: the recipient passes on what it is told, to these, or to all there who treat the client (2.31(a)(4)(ii))
    intermediary: bool = False
    members: tuple[Recipient, ...] = ()


@dataclass(frozen=True)
class Signature:
    by: str
    name: str
    second_name: str = ""


def lacking(terms: Terms, at: datetime) -> dict[str, Sentence]:
    """What is missing or cannot stand together, by the part it is about. Empty: it may be signed."""
    parts = {
        "recipients": _recipients(terms),
        "members": _members(terms),
        "information": _information(terms),
        "purposes": _purposes(terms),
        "expires": _expiry(terms, at),
    }
    return {part: sentence for part, sentence in parts.items() if sentence is not None}


def unsigned(signature: Signature, client: Client, at: datetime) -> dict[str, Sentence]:
    """What the signature lacks. Who signs is judged on the day of signing (2.14, 2.15)."""
    needed = signer(client, at)
    if signature.by != needed:
        return {"signed_by": WRONG_SIGNER[needed]}
    found: dict[str, Sentence] = {} if signature.name.strip() else {"signer_name": NO_NAME}
    if needed is Signer.CLIENT_AND_PARENT and not signature.second_name.strip():
        found["second_signer_name"] = NO_SECOND_NAME
    return found


def _recipients(terms: Terms) -> Sentence | None:
    if not terms.recipients or not all(one.same_name for one in terms.recipients):
        return NOBODY
    classes = [one for one in terms.recipients if one.kind == Who.CLASS]
    if classes and (terms.kind != Kind.TPO or not all(one.name in CLASSES for one in classes)):
        return CLASS_NOT_HERE
    if terms.intermediary and [one.kind for one in terms.recipients] != [Who.ORGANIZATION]:
        return ONE_INTERMEDIARY
    return None


def _members(terms: Terms) -> Sentence | None:
    """To whom an intermediary may pass it on: by name, or as a class of those who treat them there, and no other."""
    if not terms.intermediary:
        return None
    named = [one.name == TREATING if one.kind == Who.CLASS else bool(one.same_name) for one in terms.members]
    return None if named and all(named) else NO_MEMBERS


def _information(terms: Terms) -> Sentence | None:
    named = set(terms.information)
    if not named:
        return NO_INFORMATION
    if not named <= KNOWN:
        return UNKNOWN
    if terms.kind == Kind.COUNSELING_NOTES:
        return None if named == {Information.COUNSELING_NOTES} else NOTES_ALONE
    return None if named <= ORDINARY else NOTES_ALONE


def _purposes(terms: Terms) -> Sentence | None:
    named = set(terms.purposes)
    if not named:
        return NO_PURPOSE
    if not named <= set(Purpose):
        return UNKNOWN
    if Purpose.LEGAL_PROCEEDINGS in named and len(named) > 1:
        return COURT_ALONE
    if (terms.kind == Kind.LEGAL_PROCEEDINGS) != (Purpose.LEGAL_PROCEEDINGS in named):
        return WRONG_PURPOSE
    if (terms.kind == Kind.TPO and not named <= TPO) or (
        terms.kind == Kind.CRIMINAL_JUSTICE and named != {Purpose.CRIMINAL_JUSTICE}
    ):
        return WRONG_PURPOSE
    return None


def _expiry(terms: Terms, at: datetime) -> Sentence | None:
    if [bool(terms.expires_at), terms.expires_with_treatment, terms.never_expires].count(True) != 1:
        return NO_END
    if terms.never_expires and terms.kind != Kind.TPO:
        return FOREVER
    return END_IS_PAST if terms.expires_at and terms.expires_at <= at else None
