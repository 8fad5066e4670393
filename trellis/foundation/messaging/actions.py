import json
from collections.abc import Mapping
from typing import Any

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.messaging import kinds, queries, rules
from trellis.foundation.messaging.models import Channel, Message
from trellis.foundation.messaging.states import MACHINE
from trellis.foundation.record import crypto


def _nobody(result: object, arguments: dict[str, Any]) -> tuple[str, ...]:
    """A message is about nobody: the act that asked for it has its own event, with its subjects."""
    return ()


def _whose(message: Message, arguments: dict[str, Any]) -> tuple[str, ...]:
    """Somebody at work looked at it: whoever it is about sees that."""
    return message.audit_subjects


@action("messaging.queue", about=_nobody)
def queue(
    *, by: Actor, key: str, channel: str, to: str, kind: str, language: str, values: Mapping[str, Any],
    about: str = "", telling: Mapping[str, Any] | None = None,
) -> Message:  # fmt: skip
    """Ask for a message, in the caller's transaction. The same key is the same message: the first one stands.

    `about`: whose yes it hangs on when it goes (`client:17`). `telling`, for somebody else and only then: recipient
    `kind` and `name`, `purpose` and `information`, as the gate asks for them.
    """
    addressee = kinds.kind_of(kind).addressee
    if not rules.is_addressed(addressee, about=about, tells=telling is not None):
        raise ValueError(f"{kind}: a message to {addressee} says about whom it is, and what it tells whom")
    now = clock.now()
    message, _new = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "channel": Channel(channel),
            "sealed_to": crypto.seal(to),
            "about": about,
            "sealed_telling": crypto.seal(json.dumps(dict(telling))) if telling is not None else "",
            "language": language,
            "sealed_values": crypto.seal(json.dumps(dict(values))),
            "created_at": now,
            "next_try": now,
        },
    )
    return message


@action("messaging.send", about=_nobody)
def lease(*, by: Actor) -> Message | None:
    """Take the message that is due first; the answer may be one that had to be set aside instead."""
    now = clock.now()
    message = queries.due(now).select_for_update(skip_locked=True).first()
    if message is None:
        return None
    if message.status == "sending":  # its worker died
        why = rules.why_not_again(message.channel, message.tries)
        if why:
            return _move(message, "park", parked_why=why, lease_until=None)
    message.status = MACHINE.after("queued", "lease")
    message.tries += 1
    message.lease_until = now + rules.LEASE
    message.save(update_fields=["status", "tries", "lease_until"])
    return message


@action("messaging.send", on="message", about=_nobody)
def release(*, by: Actor, message: Message) -> Message:
    """May it go, now? Asked when it goes out, in one transaction with what a check writes down: an answer that was
    right when the message was asked for is none. Set aside where the answer is no."""
    row = _held(message)
    if not _is_mine(row, message):
        return row
    why = kinds.why_not(row)
    return _move(row, "park", parked_why=why, lease_until=None) if why else row


@action("messaging.send", on="message", about=_nobody)
def accounted(*, by: Actor, message: Message, disclosure: str) -> Message:
    """What it tells stands in the accounting of disclosures; tried again it does not stand there twice."""
    message.disclosure = disclosure
    message.save(update_fields=["disclosure"])
    return message


@action("messaging.send", on="message", about=_nobody)
def sent(*, by: Actor, message: Message) -> Message:
    row = _held(message)
    return _move(row, "send", sent_at=clock.now(), lease_until=None) if row.status == "sending" else row


@action("messaging.send", on="message", about=_nobody)
def not_sent(*, by: Actor, message: Message) -> Message:
    """The other side did not take it: later, or not any more."""
    row = _held(message)
    if not _is_mine(row, message):
        return row
    if rules.is_given_up(row.tries):
        return _move(row, "park", parked_why=rules.Why.TRIES, lease_until=None)
    return _move(row, "retry", next_try=clock.now() + rules.wait_after(row.tries), lease_until=None)


@action("messaging.send", on="message", about=_nobody)
def park(*, by: Actor, message: Message, why: rules.Why) -> Message:
    row = _held(message)
    return _move(row, "park", parked_why=why, lease_until=None) if _is_mine(row, message) else row


@action("messaging.requeue", on="message", about=_whose)
def requeue(*, by: Actor, message: Message) -> Message:
    """Somebody looked: it is tried again, and asked again whether it may go."""
    return _move(_held(message), "requeue", tries=0, parked_why="", next_try=clock.now())


@action("messaging.settle", on="message", about=_whose)
def settle(*, by: Actor, message: Message) -> Message:
    """Somebody looked, and saw to it in another way: it does not go out."""
    return _move(_held(message), "settle")


def _held(message: Message) -> Message:
    """The row as it is now: a worker that was slower than its lease may find that another has taken the message."""
    return Message.objects.select_for_update().get(pk=message.pk)


def _is_mine(row: Message, message: Message) -> bool:
    return row.status == "sending" and row.tries == message.tries


def _move(message: Message, verb: str, **changes: Any) -> Message:
    changes["status"] = MACHINE.after(message.status, verb)
    for name, value in changes.items():
        setattr(message, name, value)
    message.save(update_fields=[*changes])
    return message
