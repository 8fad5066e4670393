"""Finders for answers that do not wait."""

from tests.walk.finders import client_of_therapist, finder
from tests.walk.houses import House
from trellis.journey.measures.tests.alerted import alerted
from trellis.people.clients.models import Client


@finder
def alert(house: House) -> str | None:
    """Of somebody whom the therapist cares for; nobody has taken it on."""
    known = Client.objects.filter(public_id=client_of_therapist(house)).first()
    return alerted(known).public_id if known else None
