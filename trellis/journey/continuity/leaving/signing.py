"""Who may sign what. In one place: a license or registration in force decides it, never a role."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.journey.continuity.leaving import rules
from trellis.people.staff.licenses.queries import refusal_to_sign
from trellis.people.staff.licenses.rules import Signing
from trellis.people.staff.queries import staff_member_of

NOBODY = _("Only somebody who works here signs. Sign in with your own account.")


@dataclass(frozen=True)
class Signer:
    """As it is printed under what they sign."""

    account: int
    name: str
    credential: str


def sign_summary(by: Actor) -> Signer:
    return _signer(by, Signing.DISCHARGE_SUMMARY)


def sign_letter(by: Actor, kind: str) -> Signer:
    """About leave and disability a prescriber signs."""
    return _signer(by, Signing.MEDICAL if kind in rules.MEDICAL else Signing.LETTER)


def _signer(by: Actor, what: Signing) -> Signer:
    """Raises Refused with the sentence of the license, or where nobody stands behind the sign-in."""
    member = staff_member_of(by.account_id)
    if member is None:
        raise Refused(NOBODY)
    why = refusal_to_sign(by, what)
    if why is not None:
        raise Refused(why)
    return Signer(member.account_id, member.chosen_name, member.credential)
