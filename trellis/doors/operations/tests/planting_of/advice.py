"""What the team answered when it stayed hard, and what was decided about the next care."""

from datetime import timedelta

from trellis.foundation import clock
from trellis.foundation.record import crypto
from trellis.journey.care.models import TeamResponse
from trellis.journey.continuity.models import Review
from trellis.people.clients.models import Client


def plant(client: Client) -> None:
    at, words = clock.now(), crypto.seal(client.chosen_name)
    about = {"client": client, "episode": client.episodes.get(), "on": at.date(), "at": at, "words_sealed": words}
    TeamResponse.objects.create(
        **about, instrument="phq-9", causes=["support"], due_on=at.date() + timedelta(days=14), by="x"
    )
    Review.objects.create(**about, advice={"options": [], "even": [], "missing": []}, decided="continue", by="x")
