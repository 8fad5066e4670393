"""The part of a client's page about the time after: who is to be called now, and ways there."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation import clock
from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.continuity.aftercare import queries, words
from trellis.people.clients.models import Client


def after(request: Request, client: Client) -> SafeString | None:
    if not may(request.actor, "contact_after.see", client):
        return None
    can = {verb: may(request.actor, name, client) for verb, name in _OFFERED.items()}
    shelf = queries.due_of(client, clock.today(program.zone())) if can["call"] else None
    due = words.DUE[shelf] if shelf else ""
    return render_to_string("continuity/_aftercare_panel.html", {"client": client, "can": can, "due": due})


_OFFERED = {"read": "aftercare.read", "call": "follow_up.call"}
