"""The part of a client's page about which care is next: why it is time to look, and the way there."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation import clock
from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.journey.continuity.advice import presenters, queries
from trellis.people.clients.models import Client


def next_care(request: Request, client: Client) -> SafeString | None:
    """Two statements, none for whoever does not read levels: hours are left to the page itself."""
    if not may(request.actor, "advice.read", client):
        return None
    stay = queries.open_stay(client)
    if stay is None:
        return None
    due = [presenters.due_words(one) for one in queries.due_of(client, stay, clock.now())]
    return render_to_string("continuity/advice_panel.html", {"client": client, "due": due})
