from datetime import timedelta

import pytest

from trellis.foundation.audit import trail
from trellis.foundation.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_an_event_keeps_who_when_what_whom_and_from_where():
    trail.record(
        actor="account:3",
        roles={"therapist", "counselor"},
        verb="client.read",
        subjects=["client:9", "client:4", "client:9"],
        object="session:1",
        request_id="abc",
        address="127.0.0.1",
    )
    event = AuditEvent.objects.get()
    assert event.at is not None
    assert (event.actor, event.roles, event.verb) == ("account:3", "counselor,therapist", "client.read")
    assert event.subjects == ["client:4", "client:9"]
    assert (event.object, event.request_id, event.address) == ("session:1", "abc", "127.0.0.1")


def test_the_trail_of_one_subject_finds_packed_events_and_no_neighbour():
    trail.record(actor="public", roles=(), verb="a", subjects=["client:1", "client:2"])
    trail.record(actor="public", roles=(), verb="b", subjects=["client:12"])
    assert [event.verb for event in trail.about("client:1")] == ["a"]


def test_what_one_actor_named_is_found_between_two_instants_and_from_one_address():
    for actor, subject, address in (
        ("account:7", "client:1", "10.0.0.1"), ("account:7", "client:2", "10.0.0.2"),
        ("account:70", "client:3", "10.0.0.1"),
    ):  # fmt: skip
        trail.record(actor=actor, roles=[], verb="opened x", subjects=[subject], address=address)
    trail.record(actor="account:7", roles=[], verb="opened x", subjects=[])
    at = AuditEvent.objects.first().at
    hour = timedelta(hours=1)
    assert trail.named_by("account:7", at - hour, at + hour) == {"client:1", "client:2"}
    assert trail.named_by("account:7", at - hour, at + hour, "10.0.0.2") == {"client:2"}
    assert trail.named_by("account:7", at - 2 * hour, at - hour) == set()
