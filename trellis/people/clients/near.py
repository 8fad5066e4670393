"""Who is as near to a client as a care team where there is none yet: rooms that stand higher say whom they know."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

#: account → rows with a `client`, each of somebody to whom its owner is near
Nearby = Callable[[int], "QuerySet[Any]"]
_nearby: list[Nearby] = []


def also(rows: Nearby) -> None:
    """Called at start by the room that knows it."""
    _nearby.append(rows)


def is_near(account_id: int, client_id: int) -> bool:
    """At most one statement a room."""
    return any(rows(account_id).filter(client=client_id).exists() for rows in _nearby)


def near(account_id: int) -> Q:
    """Of clients: those to whom the account's owner is near."""
    found = Q(pk=None)
    for rows in _nearby:
        found |= Q(pk__in=rows(account_id).values("client"))
    return found
