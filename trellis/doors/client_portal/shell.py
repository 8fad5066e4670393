"""What every page of the portal knows: whose it is, and how to reach the program."""

from typing import Any

from django.http import Http404

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.clients.queries import client_of


def own_record(request: Request, verb: str) -> Client | None:
    """The record of whoever is signed in; None for somebody who has a sign-in and no record."""
    client = client_of(request.actor.account_id)
    if client is not None and not may(request.actor, verb, client):
        raise Http404
    return client


def contact() -> dict[str, Any]:
    """The program's telephone for "Help now"; nothing where no program is loaded."""
    try:
        found = program.current().program
    except program.NoBlueprint:
        return {}
    return {"program_phone": found.contact.phone}
