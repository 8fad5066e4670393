from trellis.foundation import clock
from trellis.foundation.record import crypto
from trellis.journey.admission.models import Diagnosis, DiagnosisEnd
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import StaffMemberFactory


def plant(client: Client) -> None:
    """A diagnosis of their stay, and its end."""
    words, at = crypto.seal(f"{client.chosen_name} said so"), clock.now()
    row = Diagnosis.objects.create(
        client=client, episode=client.episodes.get(), kind="signed", code="F41.1", words_sealed=words,
        signed_by=StaffMemberFactory(), at=at, by="x",
    )  # fmt: skip
    DiagnosisEnd.objects.create(diagnosis=row, how="refuted", on=at.date(), reason_sealed=words, at=at, by="x")
