"""Who may do what with accounts."""

from typing import Any

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import ANY, EVERYBODY, SIGNED_IN, SYSTEM, Grants, register, relation
from trellis.foundation.access.roles import (
    STAFF,
    Alumnus,
    Client,
    ClinicalDirector,
    FrontDesk,
    IntakeCoordinator,
    MedicalDirector,
    ProgramAdministrator,
)
from trellis.people.accounts.models import Account, Invitation

SELF = "own account"
NOT_OF_STAFF = "invitation of a client"

_DESK: Grants = {FrontDesk: ANY, IntakeCoordinator: ANY, ProgramAdministrator: ANY, SYSTEM: ANY}
_HOUSE: Grants = {ProgramAdministrator: ANY, SYSTEM: ANY}

# Own name, language, password, second step, sessions, drafts.
register("account.keep", {SIGNED_IN: SELF})
# The PIN that opens a group room again, and what it opens and closes: the own session of somebody who works here.
for _verb in ("account.room_pin", "account.lock_room", "account.try_room_pin", "account.open_room"):
    register(_verb, dict.fromkeys(STAFF, SELF))
register("account.accept", {EVERYBODY: ANY})
register("account.create", _HOUSE)
register("account.invite_staff", _HOUSE)
register("account.invite_client", _DESK)
# Part of letting somebody act for a client: the client does it, or whoever saw the paper of a representative.
_LETTING_ACT = (Client, Alumnus, ProgramAdministrator, ClinicalDirector, MedicalDirector)
register("account.invite_to_act", dict.fromkeys(_LETTING_ACT, ANY))
register(
    "account.withdraw_invitation",
    {**_HOUSE, FrontDesk: NOT_OF_STAFF, IntakeCoordinator: NOT_OF_STAFF},
)
# A sign-in name and a PIN for a client, or access given back, in person.
register("account.set_up_at_desk", _DESK)
register("account.change_roles", _HOUSE)
register("account.switch_off", _HOUSE)
register("account.remove_second_step", _HOUSE)


def is_self(actor: Actor, account: Any) -> bool:
    return isinstance(account, Account) and account.pk == actor.account_id


def is_not_of_staff(actor: Actor, invitation: Any) -> bool:
    return isinstance(invitation, Invitation) and invitation.purpose != Invitation.Purpose.STAFF


relation(SELF, is_self)
relation(NOT_OF_STAFF, is_not_of_staff)
