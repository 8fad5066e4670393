"""An answer that does not wait, for tests of any room."""

from typing import Any

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.record.guard import writing
from trellis.journey.measures.actions.raising import raise_alert
from trellis.journey.measures.models import Administration, SafetyAlert
from trellis.people.clients.models import Client

SYSTEM = Actor.of_system("test")
ITEM_9 = "suicidal_ideation_item"


def a_form(client: Client, instrument: str = "phq-9", **changes: Any) -> Administration:
    now = clock.now()
    values = {
        "client": client, "instrument": instrument, "version": "1.0.0", "language": "en", "way": "phone",
        "occasion": "weekly", "on": now.date(), "at": now, "by": "account:1",
    } | changes  # fmt: skip
    with writing("factory"):
        return Administration.objects.create(**values)


def alerted(client: Client, *flags: str, instrument: str = "phq-9") -> SafetyAlert:
    """Raised by the answer itself: whoever is on duty now was told."""
    alert = raise_alert(by=SYSTEM, administration=a_form(client, instrument), flags=flags or (ITEM_9,))
    assert alert is not None
    return alert
