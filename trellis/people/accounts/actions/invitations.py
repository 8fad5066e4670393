"""One-time links: into a new account, or back into one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.roles import BY_KEY, Client, LovedOne
from trellis.foundation.messaging.actions import queue
from trellis.people.accounts import hooks, queries, rules
from trellis.people.accounts.actions.accounts import NO_NAME, TAKEN, write_account
from trellis.people.accounts.actions.ending import end_sessions
from trellis.people.accounts.models import Account, Invitation

NO_EMAIL = _("People who work here are invited by email. Write their address.")
NO_ROLE = _("Choose at least one role.")
OVER = _("This link does not work any more. Ask the person who gave it to you for a new one.")
NOT_STAFF = _("People who work here get a new password by email.")

Sent = tuple[Invitation, str]


def _about(result: Sent, arguments: dict[str, Any]) -> tuple[str, ...]:
    return result[0].audit_subjects


@action("account.invite_staff", about=_about)
def invite_staff(
    *,
    by: Actor,
    email: str,
    chosen_name: str,
    pronouns: str = "",
    roles: Sequence[str],
    language: str = "en",
    details: Mapping[str, Any] | None = None,
) -> Sent:
    """The invitation and the address of its page, which nobody can read again afterwards."""
    if not email.strip():
        raise Refused(NO_EMAIL)
    if not roles or not all(role in BY_KEY and BY_KEY[role].staff for role in roles):
        raise Refused(NO_ROLE)
    withdraw_earlier(purpose=Invitation.Purpose.STAFF, email=email.strip().lower())
    return _invite(
        by, Invitation(purpose=Invitation.Purpose.STAFF, email=email, chosen_name=chosen_name, pronouns=pronouns,
                       roles=list(roles), language=language, details=dict(details or {})),
    )  # fmt: skip


@action("account.invite_client", about=_about)
def invite_client(
    *, by: Actor, about: str, chosen_name: str, pronouns: str = "", email: str = "", language: str = "en"
) -> Sent:
    """`about` is the client (`client:17`). Without an email the link is handed over, and they choose a sign-in name."""
    withdraw_earlier(purpose=Invitation.Purpose.CLIENT, about=about)
    return _invite(
        by, Invitation(purpose=Invitation.Purpose.CLIENT, about=about, email=email, chosen_name=chosen_name,
                       pronouns=pronouns, roles=[Client.key], language=language),
    )  # fmt: skip


@action("account.invite_to_act", about=_about)
def invite_to_act(*, by: Actor, about: str, chosen_name: str, language: str, details: Mapping[str, Any]) -> Sent:
    """For somebody who acts for a client. Handed over, never sent: only who lets them in knows how that is safe."""
    return _invite(
        by, Invitation(purpose=Invitation.Purpose.TO_ACT, about=about, chosen_name=chosen_name, roles=[LovedOne.key],
                       language=language, details=dict(details)),
    )  # fmt: skip


@action("account.set_up_at_desk", about=_about)
def invite_to_restore(*, by: Actor, account: Account, about: str) -> Sent:
    """Lost access, given back in person: a link that sets a new password and ends what was open."""
    if queries.holds_staff_role(account):
        raise Refused(NOT_STAFF)
    withdraw_earlier(purpose=Invitation.Purpose.RESTORE, account=account)
    return _invite(
        by, Invitation(purpose=Invitation.Purpose.RESTORE, about=about, account=account,
                       chosen_name=account.chosen_name, pronouns=account.pronouns, language=account.language),
    )  # fmt: skip


@action("account.withdraw_invitation", on="invitation")
def withdraw(*, by: Actor, invitation: Invitation) -> Invitation:
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


def _accepted_about(result: Account, arguments: dict[str, Any]) -> tuple[str, ...]:
    return (*result.audit_subjects, *arguments["invitation"].audit_subjects)


@action("account.accept", about=_accepted_about)
def accept(
    *,
    by: Actor,
    invitation: Invitation,
    chosen_name: str,
    pronouns: str,
    language: str,
    hashed: str,
    username: str = "",
) -> Account:
    """Whoever holds the link comes in, once: of twenty who try at the same moment one does."""
    now = clock.now()
    open_now = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None, expires_at__gt=now)
    if open_now.update(used_at=now) != 1:
        raise Refused(OVER)
    if invitation.account:
        return _restore(invitation.account, hashed)
    account = Account(
        chosen_name=chosen_name, pronouns=pronouns, language=language, password=hashed,
        email=invitation.email, username="" if invitation.email else username,
    )  # fmt: skip
    write_account(by, account, invitation.roles)
    Invitation.objects.filter(pk=invitation.pk).update(account=account)
    hooks.accepted(_as_accepted(by, account), account, invitation)
    return account


def _restore(account: Account, hashed: str) -> Account:
    account.password = hashed
    account.uses_pin = False
    account.save(update_fields=["password", "uses_pin"])
    end_sessions(account)
    return account


def _as_accepted(by: Actor, account: Account) -> Actor:
    # What follows from accepting was allowed when the invitation was written.
    return Actor(account_id=account.pk, system="invitation", request_id=by.request_id, address=by.address)


def withdraw_earlier(**which: Any) -> None:
    """A new link takes the place of one that was not used; sent twice, only the second works. Inside an action."""
    Invitation.objects.filter(used_at=None, withdrawn_at=None, **which).update(withdrawn_at=clock.now())


def _invite(by: Actor, invitation: Invitation) -> Sent:
    token = rules.new_token()
    now = clock.now()
    invitation.email = invitation.email.strip().lower()
    invitation.chosen_name = " ".join(invitation.chosen_name.split())
    if not invitation.chosen_name:
        raise Refused(NO_NAME)
    if invitation.email and Account.objects.filter(email=invitation.email).exists():
        raise Refused(TAKEN)
    invitation.token_hash = rules.hash_of(token)
    invitation.invited_by = by.name
    invitation.created_at = now
    invitation.expires_at = now + timedelta(hours=settings.INVITATION_HOURS)
    invitation.save(force_insert=True)
    address = link(token, invitation.language)
    if invitation.email:
        queue(
            by=by, key=f"invitation:{invitation.pk}", channel="mail", to=invitation.email, kind="account.invitation",
            language=invitation.language, values={"url": address, "hours": settings.INVITATION_HOURS},
            about=f"invitation:{invitation.pk}",
        )  # fmt: skip
    return invitation, address


def link(token: str, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL.rstrip("/") + reverse("accounts:invitation", args=[token])
