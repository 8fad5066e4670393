"""The last stage of the way from asking for help: the first session."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Min, Q

from trellis.journey.admission.models import Admission
from trellis.journey.schedule.states import SEATED


def first_sessions(inquiries: Collection[int]) -> Mapping[int, datetime]:
    """When the person of each inquiry first sat in a group; one statement."""
    seated = Q(client__attendances__state__in=SEATED, client__attendances__undo__isnull=True)
    rows = Admission.objects.filter(inquiry__in=inquiries).values("inquiry")
    found = rows.annotate(first=Min("client__attendances__session__starts_at", filter=seated))
    return {inquiry: first for inquiry, first in found.values_list("inquiry", "first") if first is not None}
