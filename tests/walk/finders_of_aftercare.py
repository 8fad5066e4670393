"""Finders for the time after a stay."""

from tests.walk.finders import finder
from tests.walk.houses import House
from trellis.journey.continuity.aftercare import links
from trellis.journey.continuity.aftercare.actions import agree
from trellis.people.accounts.tests.factories import actor_of
from trellis.people.clients import queries as clients
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import EpisodeFactory

FOLLOWED_UP = "Berta Salinas"


@finder
def stop_link(house: House) -> str | None:
    """The link of a message to whoever is a client here."""
    own = clients.client_of(house.person("client").pk)
    if own is None:
        return None
    return links.token_of(agree(by=actor_of(house.person("client")), client=own, yes=True, by_phone=True))


@finder
def followed_up(house: House) -> str | None:
    """Somebody whose stay ended a month ago."""
    if house.is_empty:
        return None
    found = Client.objects.filter(chosen_name=FOLLOWED_UP).first()
    return str((found or EpisodeFactory(closed=True, client__chosen_name=FOLLOWED_UP).client).public_id)
