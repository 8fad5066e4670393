"""The link that ends contact, in each message: signed, for whoever holds it, and it can do nothing else."""

from django.core import signing
from django.urls import reverse

from trellis.people.clients.models import Client

_SALT = "continuity.stop"


def stop_address(client: Client) -> str:
    return reverse("my:stop", args=[token_of(client)])


def token_of(client: Client) -> str:
    return signing.Signer(salt=_SALT).sign(client.public_id)


def client_of(token: str) -> Client | None:
    """None for a token that is not ours."""
    try:
        public_id = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Client.objects.filter(public_id=public_id).first()
