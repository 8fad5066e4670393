"""The part of a client's page that leads to the next place, the summary and letters. It asks the record nothing."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.people.clients.models import Client


def leaving(request: Request, client: Client) -> SafeString | None:
    can = {
        "transition": may(request.actor, "transition.read", client),
        "discharge": may(request.actor, "discharge.read", client),
        "letters": may(request.actor, "letters.note", client),
    }
    if not any(can.values()):
        return None
    return render_to_string("continuity/_leaving_panel.html", {"client": client, "can": can}, request)
