"""What a message to a client asks when it goes out: did they ask for one way to be reached, and no other?"""

from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.kinds import Addressee
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.people.clients.models import Client
from trellis.people.rights.requests import queries
from trellis.people.rights.rules import Kind


def about_client(message: Message) -> Why | None:
    """The way that we agreed to is in words (45 CFR 164.522(b)): a person reads them, a machine does not."""
    if kinds.kind_of(message.kind).addressee != Addressee.SELF:
        return None
    holding = queries.holding(Client.objects.get(pk=message.about_key))
    return Why.ONE_WAY if any(one.kind is Kind.CHANNEL for one in holding) else None
