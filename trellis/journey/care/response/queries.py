"""What the team answered before."""

from trellis.journey.care.models import TeamResponse
from trellis.people.clients.models import Client


def responses(client: Client) -> list[TeamResponse]:
    """The newest first, about every measure; one statement."""
    return list(TeamResponse.objects.filter(client=client).order_by("-on", "-id"))
