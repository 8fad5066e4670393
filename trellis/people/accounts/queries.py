import json
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.roles import STAFF
from trellis.foundation.record import crypto
from trellis.foundation.record.prepared import Prepared
from trellis.people.accounts.models import Account, Draft, Invitation, RoleGrant, RoomLock
from trellis.people.accounts.rules import ROOM_TRIES

STAFF_KEYS = frozenset(role.key for role in STAFF)


def roles_of(account: Account) -> frozenset[str]:
    """The roles an account holds now; one statement."""
    grants = RoleGrant.objects.filter(account=account, until__isnull=True)
    return frozenset(grants.values_list("role", flat=True))


def account_with_roles(account_id: int) -> Account | None:
    """The account, with `role_keys` on it; one statement for everybody who holds a role."""
    grants: list[RoleGrant] = _ask_grants(account_id)
    account = grants[0].account if grants else Account.objects.filter(pk=account_id).first()
    if account:
        account.role_keys = frozenset(grant.role for grant in grants)
    return account


@Prepared
def _ask_grants(account_id: int) -> "QuerySet[RoleGrant]":
    return RoleGrant.objects.filter(account_id=account_id, until__isnull=True).select_related("account")


def accounts_in_role(role: str) -> "QuerySet[Account]":
    return Account.objects.filter(grants__role=role, grants__until__isnull=True, is_active=True).order_by("id")


def actor_for(account: Account, *, request_id: str = "", address: str | None = None) -> Actor:
    """The account as an actor; an account that was switched off holds no role."""
    known = account.role_keys if account.role_keys is not None else roles_of(account)
    roles = known if account.is_active else frozenset()
    return Actor(
        account_id=account.pk, roles=roles, request_id=request_id, address=address, kept_out=frozenset(account.kept_out)
    )


def open_invitations(purpose: str) -> "QuerySet[Invitation]":
    """Sent and neither used nor withdrawn, newest first; those whose time is over are among them."""
    return Invitation.objects.filter(purpose=purpose, used_at=None, withdrawn_at=None).order_by("-id")


def draft_for(account_id: int, form: str) -> dict[str, list[str]]:
    """What was typed into the form and not sent: each field with its values; empty when there is nothing."""
    sealed = Draft.objects.filter(account_id=account_id, form=form).values_list("sealed", flat=True).first()
    if sealed is None:
        return {}
    try:
        return dict(json.loads(crypto.unseal(sealed)))
    except crypto.CannotOpen:
        return {}


def has_second_step(account: Account) -> bool:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=kinds).exists())


def holds_staff_role(account: Account) -> bool:
    return bool(roles_of(account) & STAFF_KEYS)


def account_by_name(name: str) -> Account | None:
    """Whoever signs in with this address or sign-in name."""
    key = name.strip().lower()
    return Account.objects.filter(Q(email=key) | Q(username=key)).first() if key else None


def is_locked(session_key: str | None) -> bool:
    """Whether a session waits for its room PIN; one statement."""
    return lock_of(session_key) is not None


def lock_of(session_key: str | None) -> int | None:
    """The key of the lock that holds a session; one statement."""
    return (
        RoomLock.objects.filter(session_key=session_key).values_list("pk", flat=True).first() if session_key else None
    )


def tries_left(session_key: str) -> int:
    taken = RoomLock.objects.filter(session_key=session_key).values_list("tries", flat=True).first()
    return ROOM_TRIES - taken if taken is not None else 0


def open_invitation(token_hash: str, now: datetime) -> Invitation | None:
    """The invitation behind a link that still works."""
    waiting = Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)
    return waiting.filter(token_hash=token_hash).select_related("account").first()
