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
        .annotate(reached=_first(*_SPOKEN), assessed=_first(Outcome.ASSESSED))
        .values_list("id", "status", "close_reason", "asked_at", "reached", "assessed")
    )
    found = list(rows)
    later = funnel.recorded([row[0] for row in found])
    return {
        key: Walk(
            {
                **{name: moment for name, moment in zip(funnel.OURS, moments, strict=True) if moment},
                **{name: moments[key] for name, moments in later.items() if key in moments},
            },
            _ended(status, reason),
        )
        for key, status, reason, *moments in found
    }


#: outcomes that only a conversation has
_SPOKEN = (Outcome.REACHED, Outcome.ASSESSED, Outcome.DECLINED, Outcome.REFERRED_ELSEWHERE)


def _first(*outcomes: Outcome) -> Min:
    """When one of these came of a call for the first time."""
    return Min("attempts__at", filter=Q(attempts__outcome__in=outcomes))


def _ended(status: str, reason: str) -> str:
    """Where a way ended; somebody who became a client goes on in a later room."""
    if status in OPEN or status == "converted":
        return ""
    return reason or status
