"""The part of a client's page about whom we may tell what."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.consent import presenters, queries
from trellis.people.consent.deaths import has_died

FEW = 3


def death(_request: Request, client: Client) -> SafeString | None:
    """First on the page, to everybody who opens it; one statement."""
    return render_to_string("consent/_death.html") if has_died(client) else None


def sharing(request: Request, client: Client) -> SafeString | None:
    """The newest consents in force, and the way to all of them; nothing to those who may not read it."""
    if not may(request.actor, "consent.read", client):
        return None
    zone = program.zone()
    lines = [presenters.line(held, zone) for held in queries.known(client).in_force]
    return render_to_string("consent/_panel.html", {
        "client": client, "lines": lines[:FEW], "more": len(lines) > FEW,
        "owed": bool(queries.owed_facts(client)), "can_ask": may(request.actor, "disclosure.ask", client),
    })  # fmt: skip
