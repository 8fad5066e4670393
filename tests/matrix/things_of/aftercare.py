from datetime import timedelta
from typing import Any

from trellis.foundation import clock
from trellis.foundation.record.guard import writing
from trellis.journey.continuity.aftercare import links
from trellis.journey.continuity.models import ContactAgreement
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import CareAssignmentFactory, ClientFactory, EpisodeFactory


def things(client: Client, member: Any) -> dict[str, Any]:
    """Somebody whose stay ended days ago, with the member on their last team, and who may be called."""
    former = ClientFactory(chosen_name=f"Rosalba Nava {client.pk}")
    ended = clock.now().date() - timedelta(days=3)
    stay = EpisodeFactory(client=former, closed=True, closed_on=ended, opened_on=ended)
    if member is not None:
        CareAssignmentFactory(episode=stay, staff_member=member, since=ended, until=ended)
    with writing("factory"):
        agreement = ContactAgreement.objects.create(
            client=former, yes=True, by_phone=True, how="staff", at=clock.now(), by="account:1"
        )
    return {"former": former, "stop_token": links.token_of(agreement)}
