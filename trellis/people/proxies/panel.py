"""The part of a client's page about who acts for them."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.proxies import presenters, queries


def proxies(request: Request, client: Client) -> SafeString | None:
    """Whoever may do something now; nothing to those who may not read it."""
    if not may(request.actor, "proxy.read", client):
        return None
    zone = program.zone()
    lines = [presenters.at_work(one, zone) for one in queries.of_client(client) if one.parts]
    return render_to_string("proxies/_panel.html", {"client": client, "lines": lines})
