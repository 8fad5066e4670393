"""Who acts for whom, judged at this instant from the consents themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from trellis.people.clients.models import Client
from trellis.people.consent import queries as consent
from trellis.people.proxies import rules
from trellis.people.proxies.models import ProxyAccess
from trellis.people.proxies.rules import Basis, No, Part


@dataclass(frozen=True)
class Acting:
    """One who was let in, and what they may do now."""

    row: ProxyAccess
    parts: tuple[Part, ...]
    #: why nothing, where it is nothing
    why: No | None

    @property
    def in_force(self) -> bool:
        """Neither ended nor over: it may be ended."""
        return self.why not in (No.ENDED, No.OVER)

    @property
    def account_id(self) -> int | None:
        taken_up = getattr(self.row, "taken_up", None)
        return taken_up.account_id if taken_up else None


def accesses() -> "QuerySet[ProxyAccess]":
    return ProxyAccess.objects.select_related("client", "taken_up", "end").order_by("-id")


def of_client(client: Client) -> list[Acting]:
    """Everybody who was ever let in, the newest first; three statements."""
    rows = list(accesses().filter(client=client))
    return _judged(rows, consent.known(client)) if rows else []


def of_account(account_id: int | None, client_id: int) -> list[Acting]:
    """What somebody may do for one client; one statement where they were never let in, else three."""
    rows = list(accesses().filter(client=client_id))
    if not any(_took_it_up(row, account_id) for row in rows):
        return []
    judged = _judged(rows, consent.known(rows[0].client))
    return [one for one in judged if one.account_id == account_id]


def everybody_of(account_id: int | None) -> list[Acting]:
    """Those for whom somebody may do anything now, by name; four statements."""
    if account_id is None:  # nobody is signed in
        return []
    clients = set(ProxyAccess.objects.filter(taken_up__account=account_id).values_list("client", flat=True))
    if not clients:
        return []
    rows, known = list(accesses().filter(client__in=clients)), consent.known_of(clients)
    judged = [
        one
        for key in clients
        for one in _judged([row for row in rows if row.client_id == key], known[key])
        if one.account_id == account_id and one.parts
    ]
    return sorted(judged, key=lambda one: (one.row.client.search_name, one.row.pk))


def facts(known: consent.Known, rows: Iterable[ProxyAccess]) -> rules.Facts:
    executors = [row.rule for row in rows if row.basis == Basis.EXECUTOR]
    return rules.Facts(
        known.at, known.client, tuple(one.rule for one in known.held),
        any(rules.is_in_force(one, known.at) for one in executors),
    )  # fmt: skip


def _judged(rows: list[ProxyAccess], known: consent.Known) -> list[Acting]:
    at = facts(known, rows)
    return [_acting(row, at) for row in rows]


def _acting(row: ProxyAccess, at: rules.Facts) -> Acting:
    access = row.rule
    parts = rules.open_parts(access, at)
    first = next((part for part in Part if part in access.parts), Part.WEEK)
    return Acting(row, parts, None if parts else rules.why_not(access, first, at))


def _took_it_up(row: ProxyAccess, account_id: int | None) -> bool:
    taken_up = getattr(row, "taken_up", None)
    return account_id is not None and taken_up is not None and taken_up.account_id == account_id
