"""Who is being assessed, by whom, and from which inquiry."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from trellis.journey.admission.models import Assessment
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.states import OPEN
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.states import OPEN as IN_PROGRAM
from trellis.people.staff import queries as staff
from trellis.people.staff.models import StaffMember

ASSESSING = ("counselor", "therapist", "clinical_director", "medical_director")


def going_on(account_id: int) -> "QuerySet[Assessment]":
    """Those whom this account's owner assesses; over once somebody else does, a stay begins, or the inquiry ends."""
    later = Assessment.objects.filter(inquiry=OuterRef("inquiry"), pk__gt=OuterRef("pk"))
    here = Episode.objects.filter(client=OuterRef("client"), status=IN_PROGRAM)
    rows = Assessment.objects.filter(clinician__account=account_id, inquiry__status__in=OPEN)
    return rows.exclude(Exists(later)).exclude(Exists(here))


def assessment_of(inquiry: Inquiry) -> Assessment | None:
    """The newest counts; one statement."""
    rows = Assessment.objects.filter(inquiry=inquiry).select_related("client", "clinician__account")
    return rows.order_by("-id").first()


def open_assessment_of(client: Client) -> Assessment | None:
    """The one that goes on, with its inquiry; one statement."""
    rows = Assessment.objects.filter(client=client, inquiry__status__in=OPEN)
    return rows.select_related("inquiry", "clinician__account").order_by("-id").first()


def is_on_the_way_in(client_id: int) -> bool:
    """No stay of theirs goes on, and there was none before or an inquiry about them is open. At most two statements."""
    stays = set(Episode.objects.filter(client=client_id).values_list("status", flat=True))
    if not stays or IN_PROGRAM in stays:
        return not stays
    about_them = Q(client_subject=f"client:{client_id}") | Q(assessments__client=client_id)
    return Inquiry.objects.filter(about_them, status__in=OPEN).exists()


def assessing_clinicians() -> "QuerySet[StaffMember]":
    """Who may be asked to assess somebody now."""
    held = {"account__grants__until__isnull": True, "account__grants__role__in": ASSESSING}
    return staff.working().filter(**held).distinct()
