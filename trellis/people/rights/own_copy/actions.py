"""A client takes their own record along: what goes is gathered in the act that writes it down."""

from dataclasses import dataclass
from datetime import datetime

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Section, sections


@dataclass(frozen=True)
class OwnCopy:
    client: Client
    sections: list[Section]
    at: datetime


@action("record.download", on="client")
def take(*, by: Actor, client: Client) -> OwnCopy:
    """Everything that rooms give as a section, as it stands at this instant."""
    return OwnCopy(client, sections(client), clock.now())
