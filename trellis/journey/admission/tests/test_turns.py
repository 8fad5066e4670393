"""A decision for another level brings the questions of a step, by itself and in the statement that asks what is due."""

from datetime import UTC, datetime, timedelta

import pytest

from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.admission.models import LevelAssessment
from trellis.journey.measures import queries
from trellis.people.clients.queries import open_episode
from trellis.people.clients.tests.factories import ClientFactory

#: eleven in the evening of Tuesday in Pomona
NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "level", "asks"), [("decided", "1", True), ("decided", "2.1", False), ("proposed", "1", False)]
)
def test_only_a_decision_for_another_level_asks_and_from_its_day_on(clock_at, statements, kind, level, asks):
    clock_at(NOW)
    load_pomona()
    client = ClientFactory(in_program=True)
    with writing("test"):
        LevelAssessment.objects.create(
            client=client, episode=open_episode(client), kind=kind, facts={}, rules_version=1, recommended=level,
            level=level, at=NOW, by="account:1",
        )  # fmt: skip
    day = (NOW - timedelta(days=1)).date()
    stepped = [one for one in queries.waiting(client, open_episode(client), day) if one.occasion == "step"]
    assert [one.since for one in stepped] == ([day] * len(stepped) if asks else [])
    assert bool(stepped) is asks
    with statements() as seen:
        queries.waiting(client, open_episode(client), day)
    assert len(seen) == 3  # the stay, the program, and ours
