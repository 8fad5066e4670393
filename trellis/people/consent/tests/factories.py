"""Consents as somebody signed them, through the action itself."""

from datetime import timedelta
from typing import Any

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.people.clients.models import Client
from trellis.people.consent import actions
from trellis.people.consent.actions.gate import Content, Wanted
from trellis.people.consent.models import Consent
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.completing import TREATING, Signature, Terms
from trellis.people.consent.rules.words import CLASSES, ORDINARY, TPO, Information, Kind, Purpose, Signer, Who

SISTER = Recipient(Who.PERSON, "Ana Ruiz")
EXCHANGE = Recipient(Who.ORGANIZATION, "Valley Exchange")


def terms(**changed: Any) -> Terms:
    """For a sister: that they come, and when; a year."""
    given: dict[str, Any] = {
        "kind": Kind.SPECIFIC, "recipients": (SISTER,), "information": (Information.PRESENCE, Information.ATTENDANCE),
        "purposes": (Purpose.FAMILY_SUPPORT,),
    }  # fmt: skip
    if not {"expires_with_treatment", "never_expires", "expires_at"} & set(changed):
        given["expires_at"] = clock.now() + timedelta(days=365)
    return Terms(**(given | changed))


def for_care(**changed: Any) -> Terms:
    classes = tuple(Recipient(Who.CLASS, name) for name in sorted(CLASSES))
    return terms(**({
        "kind": Kind.TPO, "recipients": classes, "information": tuple(sorted(ORDINARY)),
        "purposes": tuple(sorted(TPO)), "never_expires": True,
    } | changed))  # fmt: skip


def for_exchange(**changed: Any) -> Terms:
    """To an intermediary, which passes it on to all there who treat them."""
    return terms(**({
        "recipients": (EXCHANGE,), "purposes": (Purpose.TREATMENT,), "intermediary": True,
        "members": (Recipient(Who.CLASS, TREATING),),
    } | changed))  # fmt: skip


def signed(client: Client, said: Terms | None = None, *, by: Actor | None = None, **changed: Any) -> Consent:
    given: dict[str, Any] = {
        "signature": Signature(Signer.CLIENT, "Maria Ruiz Vega"), "shown": "What it says", "language": "es",
        "signed_on": Consent.SignedOn.OWN_DEVICE,
    }  # fmt: skip
    return actions.sign(by=by or Actor.of_system("test"), client=client, terms=said or terms(), **(given | changed))


def wanted(**changed: Any) -> Wanted:
    """The sister asks when they came."""
    given: dict[str, Any] = {
        "recipient": SISTER, "purpose": Purpose.FAMILY_SUPPORT, "information": (Information.ATTENDANCE,),
    }  # fmt: skip
    return Wanted(**(given | changed))


def in_emergency(**changed: Any) -> Wanted:
    """A hospital asks at night."""
    given: dict[str, Any] = {
        "recipient": Recipient(Who.PERSON, "Dr. Kim"), "purpose": Purpose.TREATMENT,
        "information": (Information.PRESENCE,), "ground": "medical_emergency",
        "facts": {
            "bona_fide": True, "consent_cannot_be_obtained": True, "recipient_is_medical_personnel": True,
        },
    }  # fmt: skip
    return Wanted(**(given | changed))


def say(decision: Any) -> Content:
    return Content("Said so", ",".join(decision.information))
