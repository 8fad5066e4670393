"""Accounts for tests. Traits are named after situations: somebody with a role, a PIN, a second step."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import factory
from allauth.account.internal.flows import login as records
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.roles import BY_KEY
from trellis.foundation.record.guard import writing
from trellis.people.accounts.models import Account, Invitation, RoleGrant
from trellis.people.accounts.queries import actor_for, has_second_step
from trellis.people.accounts.rules import hash_of

PASSWORD = "orchard bench morning light"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HALF_MINUTE = 30
NAMES = ("Marisol Reyes", "Daniel Ortega", "Ana Lucía Peña", "Sam Whitfield", "Rosa Camacho", "Theo Lindqvist")


class Guarded(factory.django.DjangoModelFactory):
    """Writes as a factory: the guard lets it through and nothing else."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with writing("factory"):
            return super()._create(model_class, *args, **kwargs)


class AccountFactory(Guarded):
    class Meta:
        model = Account
        skip_postgeneration_save = True

    chosen_name = factory.Iterator(NAMES)
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.django.Password(PASSWORD)
    created_at = factory.LazyFunction(clock.now)

    class Params:
        at_the_desk = factory.Trait(email=None, username=factory.Sequence(lambda n: f"river{n}"), uses_pin=True)

    @factory.post_generation
    def roles(self, create: bool, extracted: Iterable[str] | None, **_: Any) -> None:
        with writing("factory"):
            if self.email:
                EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)
            for role in extracted or ():
                RoleGrant.objects.create(account=self, role=role, since=clock.now(), granted_by="system:test")


class InvitationFactory(Guarded):
    class Meta:
        model = Invitation

    class Params:
        token = "a-token-for-tests"

    purpose = Invitation.Purpose.CLIENT
    token_hash = factory.LazyAttribute(lambda o: hash_of(o.token))
    about = "client:17"
    roles = ["client"]
    chosen_name = "Marisol Reyes"
    email = "marisol@example.org"
    invited_by = "account:1"
    created_at = factory.LazyFunction(clock.now)
    expires_at = factory.LazyAttribute(lambda o: o.created_at + timedelta(hours=24))


def account_with(role: str, *, second_factor: bool | None = None, **traits: Any) -> Account:
    """Somebody who holds the role. Staff have a second step unless told otherwise, the others none."""
    account = AccountFactory(roles=[role], **traits)
    if BY_KEY[role].staff if second_factor is None else second_factor:
        give_second_step(account)
    return account


def give_second_step(account: Account) -> None:
    with writing("factory"):
        TOTP.activate(account, TOTP_SECRET)
        RecoveryCodes.activate(account)


def code_now(secret: str = TOTP_SECRET, away: int = 0) -> str:
    """The code of this half minute, or of one so many half minutes away."""
    return format_hotp_value(hotp_value(secret, int(totp.time.time()) // HALF_MINUTE + away))


def actor_of(account: Account) -> Actor:
    return actor_for(account, request_id="test", address="203.0.113.7")


def sign_in(client: Client, account: Account, *, second_step: bool | None = None) -> Client:
    """Sign in on a test client. Whoever has a second step has shown it, unless told otherwise."""
    client.force_login(account)
    if has_second_step(account) if second_step is None else second_step:
        session = client.session
        session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": 0},
            {"method": "mfa", "type": "totp", "at": 0},
        ]
        session[records._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(account.pk)
        session.save()
    return client


def show_again(client: Client, page: str) -> Any:
    """Show by the password that it is you, as pages about signing in ask for, and come to the page."""
    answer = client.post(f"/accounts/again/?next={page}", {"password": PASSWORD, "next": page})
    assert answer["Location"] == page
    return client.get(page)
