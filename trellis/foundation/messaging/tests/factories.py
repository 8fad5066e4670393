from datetime import UTC, datetime

from trellis.foundation.access.actor import Actor
from trellis.foundation.messaging import actions, jobs, kinds
from trellis.foundation.messaging.models import Message

NOON = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)
TEMPLATE = "messaging/tests/hello.txt"


GIVEN = {
    "template": TEMPLATE, "addressee": kinds.Addressee.SELF, "title": "Hello", "sample": {"link": "https://x.test/a"},
}  # fmt: skip


def register_hello(name: str = "hello", **changes) -> None:
    kinds.register_kind(name, **(GIVEN | changes))


def message(key: str = "hello:1", **changes) -> Message:
    asked = {
        "by": Actor(),
        "key": key,
        "channel": "mail",
        "to": "someone@example.org",
        "kind": "hello",
        "language": "en",
        "values": {"link": "https://x.test/a?b=1&c=2"},
        "about": "person:1",
    }
    return actions.queue(**(asked | changes))


def drain():
    jobs.send_messages.call()


def only() -> Message:
    return Message.objects.get()
