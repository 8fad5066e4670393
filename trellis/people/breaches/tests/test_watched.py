"""Whoever works on an incident is not asked why they open a list, also where one person stands on it who is watched."""

import pytest
from django.urls import reverse

from trellis.people.breaches.tests.factories import affects, happened
from trellis.people.breaches.tests.pages import text
from trellis.people.clients.tests.factories import WatchFactory

pytestmark = pytest.mark.django_db


def test_the_list_of_whoever_was_affected_does_not_ask(desk, marisol):
    incident = happened()
    affects(incident, WatchFactory(client=marisol).client)
    page = text(desk.get(reverse("breaches:people", args=[incident.public_id])))
    assert "Why do you open this record?" not in page
    assert marisol.chosen_name in page
