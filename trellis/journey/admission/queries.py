"""What can be asked about admissions."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import QuerySet

from trellis.journey.admission.models import Admission
from trellis.journey.admission.rules import ADMITTING
from trellis.people.clients.models import Client, Episode
from trellis.people.staff import queries as staff
from trellis.people.staff.models import StaffMember


def admission_of(episode: Episode) -> Admission | None:
    return Admission.objects.filter(episode=episode).first()


def admissions_of(client: Client) -> list[Admission]:
    """Newest first, each with the clinician who decided; one statement."""
    rows = Admission.objects.filter(client=client).order_by("-admitted_on", "-id")
    return list(rows.select_related("admitting_clinician__account"))


def admitted(inquiries: Collection[int]) -> Mapping[int, datetime]:
    """When the person of each inquiry was admitted; one statement. The funnel asks."""
    rows = Admission.objects.filter(inquiry__in=inquiries)
    return dict(rows.values_list("inquiry_id", "recorded_at"))


def admitting_clinicians() -> "QuerySet[StaffMember]":
    """Who may decide on an admission now."""
    held = {"account__grants__until__isnull": True, "account__grants__role__in": ADMITTING}
    return staff.working().filter(**held).distinct()
