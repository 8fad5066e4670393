"""What a message to whoever asked for help asks before it goes."""

from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.journey.inquiry.models import Inquiry


def to_whoever_asked(message: Message) -> Why | None:
    """Only by email, and only while they let us write to this address."""
    asked = Inquiry.objects.filter(pk=message.about_key).only("email", "may_email").first()
    if asked is None:
        return Why.OVER
    still = message.channel == "mail" and asked.may_email and asked.email.lower() == message.to.strip().lower()
    return None if still else Why.NOT_THIS_WAY
