"""On a client's page: who assesses them, and the way from there into the program."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.journey.admission.assessing.queries import open_assessment_of
from trellis.people.clients.models import Client


def assessment(request: Request, client: Client) -> SafeString | None:
    if not may(request.actor, "admission.read", client):
        return None
    begun = open_assessment_of(client)
    if begun is None:
        return None
    onward = may(request.actor, "admission.admit")
    return render_to_string("admission/_assessment.html", {"begun": begun, "onward": onward}, request)
