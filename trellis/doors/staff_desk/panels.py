"""What the desk adds to a client's page."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.people.clients.models import Client


def sign_in(request: Request, client: Client) -> SafeString | None:
    if not may(request.actor, "account.set_up_at_desk"):
        return None
    return render_to_string("staff_desk/_sign_in_panel.html", {"client": client}, request)
