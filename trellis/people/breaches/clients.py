"""Clients as people whom a breach may affect."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from trellis.foundation.access.actor import Actor
from trellis.people.breaches.people import Kind, Person, register
from trellis.people.clients.models import Client
from trellis.people.clients.queries import found_for
from trellis.people.consent.deaths import the_dead
from trellis.people.rights.requests import queries as requests
from trellis.people.rights.rules import Kind as Right

#: keys in one statement; SQLite takes a limited number
CHUNK = 500


def load(keys: Iterable[int]) -> list[Person]:
    wanted = list(keys)
    return [one for start in range(0, len(wanted), CHUNK) for one in _load(wanted[start : start + CHUNK])]


def _load(keys: list[int]) -> list[Person]:
    rows = Client.objects.filter(pk__in=keys).select_related("account")
    return [_person(one) for one in rows.annotate(died=Exists(the_dead().filter(pk=OuterRef("pk"))))]


def _person(client: Client) -> Person:
    address = client.email or (client.account.email if client.account else "") or ""
    return Person(
        f"client:{client.pk}", client.chosen_name, client.language, client.telephone, address,
        has_own_page=client.account_id is not None,
        has_died=bool(client.died),  # type: ignore[attr-defined]
    )  # fmt: skip


def only_way(client_id: int) -> str:
    """What they asked for, where we agreed to one way and no other (164.522(b))."""
    held = [one for one in requests.holding(Client(pk=client_id)) if one.kind is Right.CHANNEL]
    return requests.opened_text(held[0].row.wanted_sealed) if held else ""


def everybody() -> Iterable[str]:
    return (f"client:{key}" for key in Client.objects.values_list("pk", flat=True))


def search(actor: Actor, text: str) -> list[Person]:
    return load(client.pk for client in found_for(actor, text).clients)


def teach() -> None:
    register("client", Kind(load, everybody, search))
