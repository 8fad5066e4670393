from trellis.foundation import clock
from trellis.foundation.record import crypto
from trellis.journey.admission import models
from trellis.journey.inquiry.models import Inquiry
from trellis.people.clients.models import Client


def plant(client: Client) -> None:
    """They arrived, waited before that, and were once handed on; every text names them."""
    now, sealed, stay = clock.now(), crypto.seal(client.chosen_name), client.episodes.get()
    on, by = now.date(), {"at": now, "by": "x"}
    models.StepDone.objects.create(client=client, episode=stay, step="tb-screen", on=on, note_sealed=sealed, **by)
    models.OrientationSigned.objects.create(
        client=client, episode=stay, way="paper", language="en", shown="Words", shown_sha256="0",
        signer_name=client.chosen_name, **by,
    )  # fmt: skip
    models.Coverage.objects.create(
        client=client, kind="payer", payer="county", member_number_sealed=sealed, on=on, **by
    )  # fmt: skip
    models.NeedFact.objects.create(client=client, need="transport", needed=True, words_sealed=sealed, **by)
    inquiry = Inquiry.objects.filter(client_subject=f"client:{client.pk}").earliest("pk")
    wait = models.AdmissionWait.objects.create(inquiry=inquiry, since=now, **by)
    models.WaitStep.objects.create(wait=wait, kind="contact", note_sealed=sealed, **by)
    handed = models.HandOn.objects.create(
        inquiry=inquiry, place="Casa Norte", spoke_with_sealed=crypto.seal(client.chosen_name), way="together", on=on,
        note_sealed=sealed, **by
    )  # fmt: skip
    models.HandOnStep.objects.create(hand_on=handed, found="arrived", on=on, note_sealed=sealed, **by)
