"""How a message leaves the house. Mail goes through Django's backend; a channel without a sender sends nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from trellis.foundation.messaging.models import Channel
from trellis.foundation.messaging.rules import message_id


@dataclass(frozen=True)
class Letter:
    key: str
    to: str
    subject: str
    body: str


Sender = Callable[[Letter], None]


def send_mail(letter: Letter) -> None:
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.to],
        headers={"Message-ID": message_id(letter.key, host), "Auto-Submitted": "auto-generated"},
    ).send()


_senders: dict[str, Sender] = {Channel.MAIL: send_mail}


def register_sender(channel: Channel, sender: Sender) -> None:
    """For an installation that has a provider for text messages."""
    _senders[channel] = sender


def sender_for(channel: str) -> Sender | None:
    return _senders.get(channel)
