"""The outbox is emptied by one job. Nothing is sent inside a transaction."""

import smtplib

import structlog
from django.conf import settings

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.jobs import job, left
from trellis.foundation.messaging import actions, kinds, queries
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why, revealing_words
from trellis.foundation.messaging.senders import Letter, Sender, sender_for

log = structlog.get_logger("trellis.messaging")
WORKER = Actor.of_system("worker")
ENOUGH_SECONDS = 15.0  # for one more message


@job(seconds=300, tries=1)
def send_messages() -> None:
    """A demo sends nothing: what it would send is read in its outbox."""
    if settings.DEMO:
        return
    while left() > ENOUGH_SECONDS and queries.due(clock.now()).exists():
        message = actions.lease(by=WORKER)
        if message is None:
            return
        if message.status == "sending":
            _deliver(message)


def _deliver(message: Message) -> None:
    sender = sender_for(message.channel)
    if sender is None:
        actions.park(by=WORKER, message=message, why=Why.NO_SENDER)
        return
    try:
        letter = letter_of(message)
        if revealing_words(f"{letter.subject}\n{letter.body}"):
            log.error("message set aside", kind=message.kind, message_id=message.pk)
            actions.park(by=WORKER, message=message, why=Why.REVEALS)
            return
        # Last of all: between this answer and the mail server nothing else is done.
        released = actions.release(by=WORKER, message=message).status == "sending"
    except Exception as fault:  # one message that cannot be written, or judged, must not hold up those behind it
        _not_taken(message, fault)
        return
    if released:
        _hand_over(message, sender, letter)


def letter_of(message: Message) -> Letter:
    written = kinds.write(kinds.kind_of(message.kind), message.language, message.values)
    return Letter(message.key, message.to, str(written.subject), written.body)


def _hand_over(message: Message, sender: Sender, letter: Letter) -> None:
    try:
        sender(letter)
    except (OSError, smtplib.SMTPException, ValueError) as fault:  # a ValueError: no header can be made of the address
        _not_taken(message, fault)
    else:
        actions.sent(by=WORKER, message=message)


def _not_taken(message: Message, fault: Exception) -> None:
    log.warning(
        "message not sent", kind=message.kind, message_id=message.pk, attempt=message.tries, fault=type(fault).__name__
    )
    actions.not_sent(by=WORKER, message=message)
