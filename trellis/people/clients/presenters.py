"""What pages print about clients."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from trellis.people.clients import rules
from trellis.people.clients.models import Client

#: what the client's page offers, to whoever may
VERBS = ("change_name", "change_contact", "open_legal_name", "assign")


@dataclass(frozen=True)
class Row:
    client: Client
    present: bool


def rows(clients: Iterable[Client], present: Collection[int]) -> list[Row]:
    return [Row(client, client.pk in present) for client in clients]


def age(client: Client, today: date) -> int | None:
    return rules.age_on(client.born_on, today) if client.born_on else None
