import pytest
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.schedule.models import Enrollment
from trellis.journey.schedule.tests.factories import (
    NOW,
    EnrollmentFactory,
    RoomFactory,
    SeriesFactory,
    SessionFactory,
)
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, StaffMemberFactory


@pytest.fixture
def evening(db, clock_at):
    """Wednesday 5:40 pm in Pomona, the day before Thanksgiving."""
    clock_at(NOW)
    load_pomona()
    with translation.override("en"):
        yield


@pytest.fixture
def me(client, evening):
    """A client in a Wednesday group, signed in; `me.group` is tonight's session."""
    person = ClientFactory(with_account=True, chosen_name="Marisol Ruiz")
    episode = EpisodeFactory(client=person)
    series = SeriesFactory()
    with writing("test"):
        Enrollment.objects.all().delete()
    EnrollmentFactory(episode=episode, series=series)
    leaders = [StaffMemberFactory(account__chosen_name=name) for name in ("Dana Cole", "Luis Ortega")]
    person.group = SessionFactory(
        series=series, led_by=leaders, in_room=RoomFactory(names={"en": "Room 2", "es": "Sala 2"})
    )
    person.episode = episode
    sign_in(client, person.account)
    person.browser = client
    return person
