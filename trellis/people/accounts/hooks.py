"""What higher rooms do when something happens to an account: they register here, for accounts know none of them."""

from collections.abc import Callable

from trellis.foundation.access.actor import Actor
from trellis.people.accounts.models import Account, Invitation

Accepted = Callable[[Actor, Account, Invitation], None]
Named = Callable[[Actor, Account], None]

_accepted: dict[str, Accepted] = {}
_named: list[Named] = []


def when_accepted(purpose: str, do: Accepted) -> None:
    """`do(by, account, invitation)` runs in the transaction in which an invitation of this purpose is accepted."""
    _accepted[purpose] = do


def when_named(do: Named) -> None:
    """`do(by, account)` runs in the transaction in which somebody changes their own name, pronouns or language."""
    if do not in _named:
        _named.append(do)


def accepted(by: Actor, account: Account, invitation: Invitation) -> None:
    do = _accepted.get(invitation.purpose)
    if do:
        do(by, account, invitation)


def named(by: Actor, account: Account) -> None:
    for do in _named:
        do(by, account)
