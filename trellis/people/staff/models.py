from django.db import models
from django.db.models import F, Q

from trellis.foundation.record.models import PublicModel
from trellis.people.accounts.models import Account, DatedLegalName


class StaffMember(PublicModel):
    """Somebody who works here; their name and pronouns stand with their account."""

    subject_kind = "staff"

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="staff_member")
    #: letters after the name (LMFT, SUDCC) and the registration they rest on
    credential = models.CharField(max_length=80, blank=True)
    languages = models.JSONField(default=list)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
            )
        ]

    @property
    def chosen_name(self) -> str:
        return self.account.chosen_name

    @property
    def pronouns(self) -> str:
        return self.account.pronouns

    @property
    def short_name(self) -> str:
        return self.account.short_name

    @property
    def first_name(self) -> str:
        return self.account.first_name


class LegalName(DatedLegalName):
    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="legal_names")


class License(PublicModel):
    """A license or registration and its days. The row never changes: what ends or corrects it is a row in its place."""

    staff_member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="licenses")
    #: of `licenses.rules.Kind`
    kind = models.CharField(max_length=30)
    #: who gave it: a board of the state, or a body that certifies counselors
    body = models.CharField(max_length=120)
    number = models.CharField(max_length=60)
    #: of a registration: the first day that they registered with anybody
    since = models.DateField()
    until = models.DateField()
    #: of an associate
    supervisor = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )  # fmt: skip
    #: what changed, where it replaces another
    note = models.CharField(max_length=300, blank=True)
    #: never was theirs: it counts for nothing
    mistaken = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"staff:{self.staff_member_id}",)
