from django.db.models import Prefetch, QuerySet

from trellis.foundation.access.roles import Counselor, GroupFacilitator, Therapist
from trellis.people.accounts.models import RoleGrant
from trellis.people.staff.models import LegalName, StaffMember

LEADS_GROUPS = (GroupFacilitator.key, Counselor.key, Therapist.key)


def staff() -> "QuerySet[StaffMember]":
    """Everybody on the list, with the account; by name."""
    return StaffMember.objects.select_related("account").order_by("account__chosen_name", "id")


def working() -> "QuerySet[StaffMember]":
    return staff().filter(ended_on__isnull=True, account__is_active=True)


def staff_member_of(account_id: int | None) -> StaffMember | None:
    return staff().filter(account_id=account_id).first() if account_id is not None else None


def facilitators() -> "QuerySet[StaffMember]":
    """Who may be booked to lead a group."""
    return working().filter(account__grants__role__in=LEADS_GROUPS, account__grants__until__isnull=True).distinct()


def with_roles() -> "QuerySet[StaffMember]":
    """For the list page: two statements, however long it is."""
    grants = RoleGrant.objects.filter(until__isnull=True).order_by("id")
    return staff().prefetch_related(Prefetch("account__grants", queryset=grants, to_attr="live_grants"))


def legal_names(staff_member: StaffMember) -> "QuerySet[LegalName]":
    """Newest first: the first one holds."""
    return LegalName.objects.filter(staff_member=staff_member).order_by("-since", "-id")
