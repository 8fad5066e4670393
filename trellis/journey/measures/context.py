"""What every page of a clinician asks again and again: whether an answer needs a person."""

from typing import Any

from django.http import HttpRequest

from trellis.foundation.access.permissions import may
from trellis.ui.addresses import address


def alerts(request: HttpRequest) -> dict[str, Any]:
    """The address of the strip, for those who answer for alerts. Costs no statement; the page asks for the rest."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.account_id is None or not actor.is_staff or not may(actor, "alerts.see"):
        return {}
    return {"strip_url": address("alerts:strip")}
