"""The part of a client's page about questions: what is due, what the last ones came to, and asking now."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation import clock
from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.measures import presenters, queries
from trellis.people.clients.models import Client


def questions(request: Request, client: Client) -> SafeString | None:
    may_hand_over = may(request.actor, "measures.hand_over", client)
    if not may(request.actor, "measures.read", client):
        return render_to_string("measures/_hand.html", {"client": client}) if may_hand_over else None
    due = queries.due(client, clock.today(program.zone()))
    return render_to_string("measures/_panel.html", {
        "client": client,
        "due": [presenters.name(one.form.key) for one in due],
        "results": [presenters.result(row, row.outcome) for row in queries.last_of_each(client)],
        "may_hand_over": may_hand_over,
        "may_ask": may(request.actor, "measures.ask", client),
    })  # fmt: skip
