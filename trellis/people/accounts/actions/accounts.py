from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.people.accounts import hooks, rules
from trellis.people.accounts.actions.roles import give
from trellis.people.accounts.models import Account

NO_NAME = _("Write the name the person goes by.")
NO_WAY_IN = _("An account needs an email address or a sign-in name.")
TAKEN = _("Somebody else signs in with this. Choose another.")


def create_account(
    *,
    by: Actor,
    chosen_name: str,
    pronouns: str = "",
    email: str = "",
    username: str = "",
    password: str | None = None,
    language: str = "en",
    roles: Iterable[str] = (),
    uses_pin: bool = False,
) -> Account:
    """An account with its roles. Without a password nobody signs in until an invitation sets one."""
    # Hashed here: no transaction waits for it.
    return file_account(
        by=by, chosen_name=chosen_name, pronouns=pronouns, email=email, username=username,
        hashed=make_password(password), language=language, roles=tuple(roles), uses_pin=uses_pin,
    )  # fmt: skip


@action("account.create")
def file_account(
    *,
    by: Actor,
    chosen_name: str,
    pronouns: str = "",
    email: str = "",
    username: str = "",
    hashed: str,
    language: str = "en",
    roles: tuple[str, ...] = (),
    uses_pin: bool = False,
) -> Account:
    return write_account(
        by, Account(chosen_name=chosen_name, pronouns=pronouns, email=email, username=username,
                    password=hashed, language=language, uses_pin=uses_pin), roles,
    )  # fmt: skip


def write_account(by: Actor, account: Account, roles: Iterable[str]) -> Account:
    """Inside an action: the row, its proven address and its roles."""
    tidy(account)
    account.created_at = clock.now()
    account.clean()
    if not account.email and not account.username:
        raise Refused(NO_WAY_IN)
    if account.username and (fault := rules.fault_of_sign_in_name(account.username)):
        raise Refused(fault)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise Refused(TAKEN) from None
    if account.email:
        # An invitation reached the address, or an operator answers for it.
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    for role in roles:
        give(by, account, role)
    return account


def set_password(*, by: Actor, account: Account, password: str) -> Account:
    """Other sessions end with it: each carries a mark of the password it was opened with."""
    return _file_password(by=by, account=account, hashed=make_password(password))


@action("account.keep", on="account")
def _file_password(*, by: Actor, account: Account, hashed: str) -> Account:
    account.password = hashed
    account.uses_pin = False
    account.save(update_fields=["password", "uses_pin"])
    return account


@action("account.keep", on="account")
def change_details(*, by: Actor, account: Account, chosen_name: str, pronouns: str, language: str) -> Account:
    """The name they go by and their language, everywhere at once: rooms that keep the name follow."""
    account.chosen_name, account.pronouns, account.language = chosen_name, pronouns, language
    tidy(account)
    account.save(update_fields=["chosen_name", "pronouns", "language"])
    hooks.named(by, account)
    return account


@action("account.keep", on="account")
def change_language(*, by: Actor, account: Account, language: str) -> Account:
    account.language = language
    account.save(update_fields=["language"])
    return account


def tidy(account: Account) -> None:
    account.chosen_name = " ".join(account.chosen_name.split())
    account.pronouns = " ".join(account.pronouns.split())
    if not account.chosen_name:
        raise Refused(NO_NAME)
