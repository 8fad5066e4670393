"""Who has died, as far as anybody here wrote it down: the one place that messages, calls and lists ask.

It stands beside the consents, and the newest word there counts: a mistake is taken back there. A stay that ends so
writes it there too (`write_death`); of one that ended before that was so, the stay alone speaks.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from trellis.people.clients.models import Client, Episode
from trellis.people.consent.models import Standing


def the_dead() -> "QuerySet[Client, Any]":
    """To be left out of a list in its own statement: `.exclude(client__in=the_dead())`."""
    said = Standing.objects.filter(client=OuterRef("pk"))
    newest = said.order_by("-id").values("deceased")[:1]
    ended = Exists(Episode.objects.filter(client=OuterRef("pk"), close_reason=Episode.CloseReason.DIED))
    by_a_stay_alone = ended & ~Exists(said.filter(deceased=True))
    return Client.objects.annotate(said_dead=Subquery(newest)).filter(Q(said_dead=True) | by_a_stay_alone).values("pk")


def has_died(client: "Client | int") -> bool:
    """One statement."""
    key = client.pk if isinstance(client, Client) else client
    return the_dead().filter(pk=key).exists()
