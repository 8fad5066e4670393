"""Access for a client who has no email or shares a telephone: set up, and given back, in person at the desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.roles import Client
from trellis.people.accounts import queries
from trellis.people.accounts.actions.accounts import write_account
from trellis.people.accounts.actions.ending import end_sessions
from trellis.people.accounts.models import Account

NOT_STAFF = _("People who work here do not sign in with a PIN.")


def _about(result: Account, arguments: dict[str, Any]) -> tuple[str, ...]:
    return (*result.audit_subjects, arguments["about"])


@action("account.set_up_at_desk", about=_about)
def give_pin_access(
    *, by: Actor, about: str, chosen_name: str, pronouns: str, language: str, username: str, hashed: str
) -> Account:
    """`about` is the client (`client:17`); `hashed` is the PIN, hashed before the transaction began."""
    account = Account(
        chosen_name=chosen_name, pronouns=pronouns, language=language, username=username, password=hashed, uses_pin=True
    )  # fmt: skip
    return write_account(by, account, [Client.key])


@action("account.set_up_at_desk", on="account", about=lambda _, arguments: _subjects(arguments))
def reset_pin(*, by: Actor, account: Account, about: str, hashed: str) -> Account:
    """A new PIN for somebody who stands at the desk. Whoever is signed in with the old one is signed out."""
    if queries.holds_staff_role(account):
        raise Refused(NOT_STAFF)
    account.password = hashed
    account.uses_pin = True
    account.save(update_fields=["password", "uses_pin"])
    end_sessions(account)
    return account


def _subjects(arguments: dict[str, Any]) -> tuple[str, ...]:
    return (*arguments["account"].audit_subjects, arguments["about"])
