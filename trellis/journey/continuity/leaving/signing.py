"""Who may sign what. In one place, so that what licenses say is asked once."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.roles import MedicalDirector
from trellis.journey.continuity.leaving import rules
from trellis.people.staff.queries import staff_member_of

NOBODY = _("Only somebody who works here signs. Sign in with your own account.")
MEDICAL = _("A letter about leave or disability is signed by the medical director. Leave it on the list for them.")


@dataclass(frozen=True)
class Signer:
    """As it is printed under what they sign."""

    account: int
    name: str
    credential: str


def signer(by: Actor) -> Signer:
    """Raises Refused where nobody stands behind the sign-in."""
    member = staff_member_of(by.account_id)
    if member is None:
        raise Refused(NOBODY)
    return Signer(member.account_id, member.chosen_name, member.credential)


def sign_summary(by: Actor) -> Signer:
    return signer(by)


def sign_letter(by: Actor, kind: str) -> Signer:
    if kind in rules.MEDICAL and MedicalDirector.key not in by.roles:
        raise Refused(MEDICAL)
    return signer(by)
