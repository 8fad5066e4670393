"""The parts of a client's page: how it has been, and notes kept apart (to their author, or where the author left)."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.journey.care import queries
from trellis.people.clients.models import Client


def over_time(request: Request, client: Client) -> SafeString | None:
    if not may(request.actor, "care.over_time", client):
        return None
    return render_to_string("care/_over_time_panel.html", {"client": client})


def notes(request: Request, client: Client) -> SafeString | None:
    """Nobody learns from it whether a colleague keeps any."""
    if may(request.actor, "notes.list_own", client):
        number = queries.own(request.actor, client).count()
        return render_to_string("care/_panel.html", {"client": client, "number": number})
    if not may(request.actor, "notes.know_left", client):
        return None
    authors = list(queries.authors_who_left(client))
    return render_to_string("care/_left.html", {"authors": authors}) if authors else None
