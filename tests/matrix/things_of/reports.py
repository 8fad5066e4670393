from datetime import timedelta
from typing import Any

from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory


def things(client: Client, member: Any) -> dict[str, Any]:
    """Somebody who finished today: on a list behind the numbers of these months, whichever they are."""
    today = clock.today(program.zone())
    stay = EpisodeFactory(
        client=ClientFactory(), opened_on=today - timedelta(40), status="closed", closed_on=today,
        close_reason="completed",
    )  # fmt: skip
    return {"went_home": stay.client}
