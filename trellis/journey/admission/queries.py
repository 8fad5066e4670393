"""What can be asked about admissions."""

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


def admitting_clinicians() -> "QuerySet[StaffMember]":
    """Who may decide on an admission now."""
    held = {"account__grants__until__isnull": True, "account__grants__role__in": ADMITTING}
    return staff.working().filter(**held).distinct()
