"""Who has died, as far as anybody here wrote it down: the one place that messages, calls and lists ask.

It stands in the record as the end of a stay or beside the consents; the newest word beside the consents counts there.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from trellis.people.clients.models import Client, Episode
from trellis.people.consent.models import Standing


def the_dead() -> "QuerySet[Client, Any]":
    """To be left out of a list in its own statement: `.exclude(client__in=the_dead())`."""
    newest = Standing.objects.filter(client=OuterRef("pk")).order_by("-id").values("deceased")[:1]
    ended = Exists(Episode.objects.filter(client=OuterRef("pk"), close_reason=Episode.CloseReason.DIED))
    return Client.objects.annotate(said_dead=Subquery(newest)).filter(Q(said_dead=True) | ended).values("pk")


def has_died(client: "Client | int") -> bool:
    """One statement."""
    key = client.pk if isinstance(client, Client) else client
    return the_dead().filter(pk=key).exists()
