"""An answer that does not wait: it is written down in the transaction of the act that found it."""

from collections.abc import Sequence

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.journey.measures.models import Administration, SafetyAlert


def raise_alert(by: Actor, administration: Administration, flags: Sequence[str]) -> SafetyAlert | None:
    """None where there is nothing to tell. Called inside an action."""
    if not flags:
        return None
    return SafetyAlert.objects.create(
        client_id=administration.client_id, administration=administration, flags=list(flags), at=clock.now(), by=by.name
    )
