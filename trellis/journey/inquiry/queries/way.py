"""How far the inquiries of a stretch of time came."""

from datetime import datetime

from django.db.models import Min, Q

from trellis.journey.inquiry import funnel
from trellis.journey.inquiry.models import Inquiry, Outcome
from trellis.journey.inquiry.rules import Walk
from trellis.journey.inquiry.states import MERGED, OPEN


def walks(since: datetime, until: datetime) -> dict[int, Walk]:
    """Every inquiry asked in the stretch, by its key; one statement, and one for each stage of a later room.

    One that was joined to another is no walk of its own; nor is one that did not come from a person.
    """
    rows = (
        Inquiry.objects.filter(asked_at__gte=since, asked_at__lte=until)
        .exclude(status=MERGED)
        .exclude(close_reason="not_a_person")
        .annotate(reached_at=Min("attempts__at", filter=Q(attempts__outcome__in=_SPOKEN)))
        .values_list("id", "asked_at", "status", "close_reason", "reached_at")
    )
    found = list(rows)
    later = funnel.recorded([row[0] for row in found])
    return {
        key: Walk(
            {
                "asked": asked_at,
                **({"reached": reached_at} if reached_at else {}),
                **{name: moments[key] for name, moments in later.items() if key in moments},
            },
            _ended(status, reason),
        )
        for key, asked_at, status, reason, reached_at in found
    }


#: outcomes that only a conversation has
_SPOKEN = (Outcome.REACHED, Outcome.DECLINED, Outcome.REFERRED_ELSEWHERE)


def _ended(status: str, reason: str) -> str:
    """Where a way ended; somebody who became a client goes on in a later room."""
    if status in OPEN or status == "converted":
        return ""
    return reason or status
