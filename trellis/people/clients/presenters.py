"""What pages print about clients."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from trellis.people.clients import rules
from trellis.people.clients.models import Client

#: what the client's page offers, to whoever may
VERBS = ("change_name", "change_contact", "open_legal_name", "assign")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list, worked out: the template only prints it."""

    name: str
    pronouns: str
    initials: str
    address: str
    present: bool


def rows(clients: Iterable[Client], present: Collection[int]) -> list[Row]:
    # A client's page lies under the list's own address: looked up once, not once a row.
    base = reverse("clients:find")
    return [Row(c.chosen_name, c.pronouns, c.initials, f"{base}{c.public_id}/", c.pk in present) for c in clients]


def age(client: Client, today: date) -> int | None:
    return rules.age_on(client.born_on, today) if client.born_on else None
