"""What somebody is diagnosed with."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.clients.models import Client, Episode
from trellis.people.staff.models import StaffMember


class Diagnosis(PublicModel):
    """What somebody is diagnosed with, proposed or signed. Never changes: what ends it stands beside it."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        SIGNED = "signed", _("Signed")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="diagnoses")
    #: empty before the first stay
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    #: ICD-10-CM, as it could be used on that day
    code = models.CharField(max_length=8)
    #: of a substance use disorder, as `diagnoses.rules` name them; empty of others
    substance = models.CharField(max_length=3, blank=True)
    criteria = models.JSONField(default=list)
    as_prescribed = models.BooleanField(default=False)
    severity = models.CharField(max_length=8, blank=True)
    remission = models.CharField(max_length=9, blank=True)
    last_met_on = models.DateField(null=True, blank=True)
    controlled_environment = models.BooleanField(default=False)
    on_maintenance = models.BooleanField(default=False)
    #: what the rule called for
    suggested = models.CharField(max_length=8, blank=True)
    onset_year = models.PositiveSmallIntegerField(null=True, blank=True)
    #: specifiers in words, and what it rests on
    words_sealed = SealedText(blank=True)
    #: another place had sent this code
    from_elsewhere = models.BooleanField(default=False)
    #: who signed, and the license that they signed with; empty of a proposal
    signed_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_as = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "-at"], name="diagnoses_of_client")]
        constraints = [
            models.CheckConstraint(
                name="a_signed_diagnosis_names_who", condition=~Q(kind="signed") | Q(signed_by__isnull=False)
            )
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class DiagnosisEnd(models.Model):
    """A diagnosis does not stand any more: since when, and why."""

    class How(models.TextChoices):
        RESOLVED = "resolved", _("It is over")
        REFUTED = "refuted", _("It was looked at and is not so")
        ERROR = "error", _("It was written down by mistake")
        REPLACED = "replaced", _("It was looked at anew")

    diagnosis = models.OneToOneField(Diagnosis, on_delete=models.PROTECT, related_name="end")
    how = models.CharField(max_length=8, choices=How)
    on = models.DateField()
    reason_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.diagnosis.audit_subjects
