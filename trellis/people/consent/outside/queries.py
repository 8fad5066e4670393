"""What can be asked about what was heard from outside. Waiting is derived from the rows each time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.foundation.access.roles import BY_KEY
from trellis.foundation.record import crypto
from trellis.people.accounts.models import Account, RoleGrant
from trellis.people.clients import queries as clients
from trellis.people.clients.finding import Found
from trellis.people.consent.models import OutsideRequest
from trellis.people.consent.outside import guidance
from trellis.people.consent.outside.policy import CLINICIANS
from trellis.people.consent.outside.waiting import Waiting

#: the sealed texts, in the order in which somebody tells them
TEXTS = ("asker_name", "asker_contact", "about", "asked_for", "told")


@dataclass(frozen=True)
class Clinician:
    account: Account
    roles: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.account.chosen_name

    @property
    def role_words(self) -> str:
        return ", ".join(str(BY_KEY[key].label) for key in self.roles)


def requests() -> "QuerySet[OutsideRequest]":
    return OutsideRequest.objects.select_related("review__client")


def unread() -> "QuerySet[OutsideRequest]":
    """Danger first, then the oldest."""
    return OutsideRequest.objects.filter(review__isnull=True).order_by("-danger", "at", "id")


def waiting_for(actor: Actor, now: datetime) -> Waiting:
    """For the first screens of those who read; others are told nothing, and nothing is asked."""
    if not may(actor, "outside.review"):
        return Waiting()
    late = Q(at__lt=guidance.late_before(now))
    counted = OutsideRequest.objects.filter(review__isnull=True).aggregate(
        number=Count("id"), danger=Count("id", filter=Q(danger=True)), late=Count("id", filter=late)
    )
    return Waiting(**counted)


def texts_of(request: OutsideRequest) -> dict[str, str]:
    """What was heard, unsealed; a line that nobody filled is empty."""
    return {name: _open(getattr(request, name)) for name in TEXTS}


def _open(sealed: str) -> str:
    return crypto.unseal(sealed) if sealed else ""


def clinicians() -> list[Clinician]:
    """Who is told of danger, directors first; one statement."""
    keys = [role.key for role in CLINICIANS]
    grants = RoleGrant.objects.filter(role__in=keys, until__isnull=True, account__is_active=True)
    held: dict[int, list[str]] = {}
    accounts: dict[int, Account] = {}
    for grant in grants.select_related("account").order_by("account__chosen_name", "account_id", "id"):
        accounts[grant.account_id] = grant.account
        held.setdefault(grant.account_id, []).append(grant.role)
    found = [Clinician(accounts[pk], tuple(sorted(set(roles), key=keys.index))) for pk, roles in held.items()]
    return sorted(found, key=lambda one: keys.index(one.roles[0]))


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """`account:7` → the name that everybody here says."""
    ids = {actor.removeprefix("account:") for actor in actors if actor.startswith("account:")}
    return {f"account:{one.pk}": one.chosen_name for one in Account.objects.filter(pk__in=ids)}


def clients_called(actor: Actor, text: str) -> Found:
    """Those of this name whom the reader may find: a clinician on a caseload finds their own only."""
    return clients.found_for(actor, text)
