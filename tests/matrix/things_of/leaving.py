"""How an earlier stay ended, the next place, and a letter that waits."""

from typing import Any

from trellis.journey.continuity.tests.left import asked_for, ended, next_place, signed
from trellis.people.clients.models import Client


def things(client: Client, member: Any) -> dict[str, Any]:
    row = ended(client)
    return {
        "signed_summary": signed(row), "next_place": next_place(client), "letter_asked_for": asked_for(client),
    }  # fmt: skip
