"""How their stay ended, the summary, the next place with papers that went, and a letter."""

from trellis.foundation import clock
from trellis.foundation.record import crypto
from trellis.journey.continuity import models
from trellis.journey.continuity.tests.left import of_stay, signed
from trellis.people.clients.models import Client
from trellis.people.consent.models import Disclosure


def plant(client: Client) -> None:
    at, name, stay = clock.now(), crypto.seal(client.chosen_name), client.episodes.get()
    signed(of_stay(stay, watch_sealed=name))
    went = Disclosure.objects.filter(subject=f"client:{client.pk}").first()
    assert went is not None
    place = models.TransitionPlan.objects.create(
        client=client, episode=stay, direction="step_down", place="Valley", place_kind="outpatient", note_sealed=name,
        at=at, by="x",
    )  # fmt: skip
    models.TransitionStep.objects.create(plan=place, kind="sent", on=at.date(), disclosure=went, at=at, by="x")
    letter = models.LetterRequest.objects.create(
        client=client, audience="employer", kind="attendance", recipient="Citrus Foods",
        recipient_kind="organization", since=at.date(), until=at.date(),
        asked_by_sealed=crypto.seal(client.chosen_name), due_on=at.date(), at=at, by="x",
    )  # fmt: skip
    models.LetterAnswer.objects.create(request=letter, how="sent", disclosure=went, signer="Rosa", at=at, by="x")
