"""What a client's page says of other records of the same person."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.journey.admission.one_person.queries import joined_with
from trellis.people.clients.models import Client


def other_records(request: Request, client: Client) -> SafeString | None:
    found = [one for one in joined_with(client) if may(request.actor, "client.read", one)]
    return render_to_string("admission/_other_records.html", {"records": found}) if found else None
