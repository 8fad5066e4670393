"""What a message after a stay asks before it goes: did they say yes to this way, as it stands now?"""

from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.journey.continuity.aftercare import queries
from trellis.journey.continuity.aftercare.actions import ASK_KIND


def about_client(message: Message) -> Why | None:
    if message.kind != ASK_KIND:
        return None
    agreement = queries.agreement_of(message.about_key)
    if agreement is None or not agreement.yes:
        return Why.NOT_THIS_WAY
    agreed = agreement.by_text if message.channel == "sms" else agreement.by_mail
    return None if agreed else Why.NOT_THIS_WAY
