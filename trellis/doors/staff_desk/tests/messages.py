"""A message that did not go out."""

from trellis.foundation.access.actor import Actor
from trellis.foundation.messaging.actions import queue
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.foundation.record.guard import writing
from trellis.people.clients.models import Client


def set_aside(client: Client | None = None, why: Why = Why.NOT_THIS_WAY) -> Message:
    number = Message.objects.count()
    asked = {"kind": "account.reset", "about": client.audit_subjects[0]} if client else {"kind": "account.unknown"}
    message = queue(
        by=Actor.of_system("test"), key=f"aside:{number}", channel="mail", to="somebody@example.org", language="en",
        values={}, **asked,
    )  # fmt: skip
    with writing("factory"):
        Message.objects.filter(pk=message.pk).update(status="parked", parked_why=why)
    message.refresh_from_db()
    return message
