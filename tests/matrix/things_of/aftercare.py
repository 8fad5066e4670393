from typing import Any

from trellis.foundation import clock
from trellis.foundation.record.guard import writing
from trellis.journey.continuity.aftercare import links
from trellis.journey.continuity.models import ContactAgreement
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import CareAssignmentFactory, ClientFactory, EpisodeFactory


def things(client: Client, member: Any) -> dict[str, Any]:
    """Somebody whose stay ended a month ago, with the member on their last team, and who may be called."""
    former = ClientFactory(chosen_name=f"Rosalba Nava {client.pk}")
    today = clock.now().date()
    stay = EpisodeFactory(client=former, closed=True, closed_on=today, opened_on=today)
    if member is not None:
        CareAssignmentFactory(episode=stay, staff_member=member, since=today, until=today)
    with writing("factory"):
        ContactAgreement.objects.create(
            client=former, yes=True, by_phone=True, how="staff", at=clock.now(), by="account:1"
        )
    return {"former": former, "stop_token": links.token_of(former)}
