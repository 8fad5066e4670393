"""The part of a client's page about the time after: ways there, nothing that must be asked."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.people.clients.models import Client


def after(request: Request, client: Client) -> SafeString | None:
    if not may(request.actor, "contact_after.see", client):
        return None
    can = {verb: may(request.actor, name, client) for verb, name in _OFFERED.items()}
    return render_to_string("continuity/_aftercare_panel.html", {"client": client, "can": can})


_OFFERED = {"read": "aftercare.read", "call": "follow_up.call"}
