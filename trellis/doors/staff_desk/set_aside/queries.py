"""Whose messages they are, with one statement for a page of them."""

from collections.abc import Iterable

from trellis.foundation.messaging.models import Message
from trellis.people.clients.models import Client


def clients_of(messages: Iterable[Message]) -> dict[str, Client]:
    """Subject → client, for those that are about a client."""
    keys = [one.about_key for one in messages if one.about.startswith("client:")]
    return {one.audit_subjects[0]: one for one in Client.objects.filter(pk__in=keys)}
