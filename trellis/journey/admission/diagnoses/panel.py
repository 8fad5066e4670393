"""The part of a client's page about their diagnoses."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.journey.admission.diagnoses import presenters, queries
from trellis.people.clients.models import Client


def diagnoses(request: Request, client: Client) -> SafeString | None:
    if not may(request.actor, "diagnosis.read", client):
        return None
    standing = [one for one in presenters.lines(queries.diagnoses_of(client)) if not one.ended]
    return render_to_string("admission/_diagnoses_panel.html", {
        "client": client, "signed": [one for one in standing if one.is_signed],
        "proposed": sum(not one.is_signed for one in standing),
    })  # fmt: skip
