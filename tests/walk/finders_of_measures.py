"""Finders for questions that somebody is asked."""

from tests.walk.finders import client_of_therapist, finder
from tests.walk.houses import House
from trellis.journey.measures.actions import begin
from trellis.people.accounts.tests.factories import actor_of
from trellis.people.clients import queries as clients
from trellis.people.clients.models import Client

QUESTIONS = {"instrument": "phq-9", "language": "en"}


@finder
def asked_alone(house: House) -> str | None:
    """Questions that the client began on their own phone."""
    own = clients.client_of(house.person("client").pk)
    by = actor_of(house.person("client"))
    return begin(by=by, client=own, way="phone", occasion="weekly", **QUESTIONS).public_id if own else None


@finder
def asked_aloud(house: House) -> str | None:
    """Questions that a therapist reads aloud."""
    known = Client.objects.filter(public_id=client_of_therapist(house)).first()
    by = actor_of(house.person("therapist"))
    return begin(by=by, client=known, way="aloud", occasion="asked", **QUESTIONS).public_id if known else None
