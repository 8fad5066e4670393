from typing import Any

from trellis.foundation import clock
from trellis.foundation.record.guard import writing
from trellis.journey.admission.models import AdmissionWait, HandOn
from trellis.journey.inquiry.tests.factories import asked
from trellis.people.clients.models import Client


def things(client: Client, member: Any) -> dict[str, Any]:
    """Somebody waits for a place, and somebody was handed on, so that the list has people on it."""
    now = clock.now()
    with writing("factory"):
        AdmissionWait.objects.create(inquiry=asked(), since=now, at=now, by="account:1")
        HandOn.objects.create(inquiry=asked(), place="Casa Norte", way="number", on=now.date(), at=now, by="account:1")
    return {}
