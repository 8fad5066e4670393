from trellis.foundation import clock
from trellis.foundation.record import crypto
from trellis.journey.admission.history.queries import sealed_use
from trellis.journey.admission.history.rules import Use
from trellis.journey.admission.models import HistoryAnswer, SubstanceEntry
from trellis.people.clients.models import Client


def plant(client: Client) -> None:
    at = clock.now()
    HistoryAnswer.objects.create(
        client=client, key="goal", state="answered", value_sealed=crypto.seal(f"{client.chosen_name} wants to sleep"),
        who="person", source="inquiry:7", on=at.date(), at=at, by="x",
    )  # fmt: skip
    SubstanceEntry.objects.create(
        client=client, substance="alcohol", state="answered", who="person", on=at.date(), at=at, by="x",
        told_sealed=sealed_use(Use("daily", 17, None, "mouth", client.chosen_name)),
    )  # fmt: skip
