"""The part of a client's page about their rights."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.people.clients.models import Client
from trellis.people.rights.notice import presenters, queries
from trellis.people.rights.requests import presenters as words
from trellis.people.rights.requests import queries as asked


def rights(request: Request, client: Client) -> SafeString | None:
    """Whether they read the notice, and what we agreed to; nothing to those who may not know."""
    if not may(request.actor, "rights.read", client):
        return None
    reading = queries.reading(client)
    word, tone = presenters.state(reading)
    holding = [words.at_work(one, asked.today()) for one in asked.holding(client)]
    return render_to_string("rights/_panel.html", {
        "client": client, "word": word, "tone": tone, "sentence": presenters.sentence(reading), "holding": holding,
    })  # fmt: skip
