"""What a client chose, in situations of their way."""

from datetime import UTC, datetime

import factory

from trellis.journey.recovery.models import MeetingChoice
from trellis.people.clients.tests.factories import ClientFactory, Factory


class MeetingChoiceFactory(Factory):
    """Within fifteen miles of Pomona; `anywhere=True` names no place."""

    class Meta:
        model = MeetingChoice

    class Params:
        anywhere = factory.Trait(start="", latitude=None, longitude=None, miles=None)

    client = factory.SubFactory(ClientFactory)
    start = "91766"
    latitude = 34.0418
    longitude = -117.7569
    miles = 15
    changed_at = datetime(2026, 11, 20, 18, tzinfo=UTC)
