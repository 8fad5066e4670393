"""The admission's part of a client's page."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.journey.admission import queries
from trellis.people.clients.models import Client


def admissions(request: Request, client: Client) -> SafeString | None:
    if not may(request.actor, "admission.read", client):
        return None
    found = queries.admissions_of(client)
    if not found:
        return None
    return render_to_string("admission/_panel.html", {"admissions": found})
