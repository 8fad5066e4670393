from datetime import datetime, timedelta

from django.db.models import Case, Min, Q, QuerySet, Value, When

from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.models import Message


def due(now: datetime) -> "QuerySet[Message]":
    """Waiting and due, or left behind by a worker that died while sending; what is urgent stands first."""
    waiting = Q(status="queued", next_try__lte=now)
    rows = Message.objects.filter(waiting | Q(status="sending", lease_until__lte=now))
    return rows.order_by(Case(When(kind__in=kinds.urgent(), then=Value(0)), default=Value(1)), "next_try", "id")


def newest() -> "QuerySet[Message]":
    return Message.objects.order_by("-created_at", "-id")


def parked() -> "QuerySet[Message]":
    """What does not go out by itself; what lies longest stands first."""
    return Message.objects.filter(status="parked").order_by("created_at", "id")


def waiting_for(now: datetime) -> timedelta | None:
    """How long the oldest due message has waited; None: nothing is due."""
    oldest = due(now).aggregate(oldest=Min("next_try"))["oldest"]
    return None if oldest is None else now - oldest
