"""The part of a client's page about what is known of them: how many sections, and the way there."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.journey.admission.history import queries, rules
from trellis.journey.admission.history.bank import sections
from trellis.people.clients.models import Client


def history(request: Request, client: Client) -> SafeString | None:
    if not may(request.actor, "history.read", client):
        return None
    states = queries.states(client)
    listed = [rules.known([one.key for one in part.questions], states) for part in sections()]
    whole = sum(1 for one in listed if not one.still_open)
    return render_to_string("admission/history_panel.html", {"client": client, "asked": whole, "of": len(listed)})
