"""What an operator asks on the command line about one client; the look is in the audit trail."""

from typing import Any

from trellis.foundation.access.actor import Actor
from trellis.people.clients.queries import clients
from trellis.people.consent import presenters, queries
from trellis.people.consent.actions import account_for


def accounting_of(public_id: str) -> list[dict[str, Any]] | None:
    """None: nobody has this id."""
    client = clients().filter(public_id=public_id).first()
    if client is None:
        return None
    account_for(by=Actor.of_system("command"), client=client)
    return presenters.accounting(queries.disclosures(client))
