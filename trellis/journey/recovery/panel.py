"""The meetings' part of a client's page: what they chose, and the way to find and print for them."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.journey.recovery import presenters, queries
from trellis.journey.recovery.addresses import finder, sheet
from trellis.people.clients.models import Client


def meetings(request: Request, client: Client) -> SafeString | None:
    if not may(request.actor, "recovery.help_choose_meetings", client):
        return None
    choice = queries.choice_of(client)
    return render_to_string("recovery/_panel.html", {
        "client": client,
        "choice": choice,
        "chosen": presenters.chosen_words(choice) if choice else "",
        "finder": finder(choice),
        "sheet": sheet(choice),
    })  # fmt: skip
