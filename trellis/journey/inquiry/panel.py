"""The part of a client's page about what other places sent."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.journey.inquiry.queries import referrals as queries
from trellis.people.clients.models import Client


def referrals(request: Request, client: Client) -> SafeString | None:
    if not may(request.actor, "referral.read"):
        return None
    found = [one for one in queries.of_client(client) if may(request.actor, "referral.read", one)]
    return render_to_string("inquiry/referrals/_panel.html", {"referrals": found}) if found else None
