"""The part of a client's page that leads to what is still missing. It asks the record nothing."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.people.clients.models import Client


def ways(request: Request, client: Client) -> SafeString | None:
    may_arrive, sees_coverage = (may(request.actor, verb, client) for verb in ("arriving.read", "coverage.read"))
    if not may_arrive and not sees_coverage:
        return None
    context = {"client": client, "may_arrive": may_arrive, "sees_coverage": sees_coverage}
    return render_to_string("admission/_arriving_panel.html", context)
