"""The part of a client's page about their level of care."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.journey.admission.levels import presenters, queries
from trellis.people.clients.models import Client


def level(request: Request, client: Client) -> SafeString | None:
    if not may(request.actor, "level.read", client):
        return None
    row = queries.newest(client)
    context = {"client": client, "last": presenters.kept(row) if row else None}
    return render_to_string("admission/_level_panel.html", context)
