"""Somebody who acts for a client, let in and come in as people are."""

from datetime import date, timedelta
from typing import Any

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.people.accounts import actions as accounts
from trellis.people.accounts import queries, rules
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import actor, actor_of
from trellis.people.consent.tests.factories import signed
from trellis.people.proxies import actions
from trellis.people.proxies.actions import LetIn, Paper
from trellis.people.proxies.models import ProxyAccess
from trellis.people.proxies.rules import Basis, Part

SISTER = "Ana Ruiz"
EVERYTHING = tuple(Part)


def lets_in(client: Client, *, consent: bool = True, **changed: Any) -> LetIn:
    """The client lets their sister in, with a consent that names her."""
    if consent:
        signed(client)
    given: dict[str, Any] = {"name": SISTER, "parts": EVERYTHING, **changed}
    return actions.let_in(by=actor_of(client.account), client=client, **given)


def enters(client: Client, basis: Basis, *, by: Actor | None = None, **changed: Any) -> LetIn:
    given: dict[str, Any] = {
        "name": "Rosa Vega", "parts": EVERYTHING, "until": clock.now().date() + timedelta(days=90),
        "paper": Paper("Letters of conservatorship", "Superior Court, case 12-345", date(2026, 9, 1)), **changed,
    }  # fmt: skip
    return actions.enter(by=by or actor("clinical_director"), client=client, basis=basis, **given)


def takes_up(made: LetIn, **changed: Any) -> Account:
    """Whoever got the link makes their sign-in."""
    token = made.link.rstrip("/").rsplit("/", 1)[-1]
    invitation = queries.open_invitation(rules.hash_of(token), clock.now())
    assert invitation is not None
    given: dict[str, Any] = {
        "chosen_name": made.access.name, "pronouns": "", "language": "en", "hashed": "!",
        "username": f"helper.{made.access.pk}", **changed,
    }  # fmt: skip
    return accounts.accept(by=Actor(), invitation=invitation, **given)


def acting(client: Client, **changed: Any) -> tuple[Account, ProxyAccess]:
    made = lets_in(client, **changed)
    return takes_up(made), made.access
