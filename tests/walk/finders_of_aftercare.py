"""Finders for the time after a stay."""

from tests.walk.finders import finder
from tests.walk.houses import House, follow_up_is_due
from trellis.journey.continuity.aftercare import links
from trellis.journey.continuity.aftercare.actions import agree
from trellis.people.accounts.tests.factories import actor_of
from trellis.people.clients import queries as clients


@finder
def stop_link(house: House) -> str | None:
    """The link of a message to whoever is a client here."""
    own = clients.client_of(house.person("client").pk)
    if own is None:
        return None
    return links.token_of(agree(by=actor_of(house.person("client")), client=own, yes=True, by_phone=True))


@finder
def followed_up(house: House) -> str | None:
    return None if house.is_empty else follow_up_is_due().public_id
