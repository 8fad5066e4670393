"""The link that ends contact, in each message: signed, for whoever holds it, and it can do nothing else.

It names an agreement, and nobody: no page or address tells whose it is.
"""

from django.core import signing
from django.urls import reverse

from trellis.journey.continuity.models import ContactAgreement
from trellis.people.clients.models import Client

_SALT = "continuity.stop"


def stop_address(agreement: ContactAgreement) -> str:
    return reverse("my:stop", args=[token_of(agreement)])


def token_of(agreement: ContactAgreement) -> str:
    return signing.Signer(salt=_SALT).sign(agreement.public_id)


def client_of(token: str) -> Client | None:
    """None for a token that is not ours."""
    try:
        public_id = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    found = ContactAgreement.objects.filter(public_id=public_id).select_related("client").first()
    return found.client if found else None
