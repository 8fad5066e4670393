from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.journey.inquiry.models import Inquiry
from trellis.people.clients.models import Client, Episode
from trellis.people.staff.models import StaffMember


class Admission(PublicModel):
    """Why and by whom a person came into the program. Written once; a later level of care is a new episode."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="admission")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="admissions")
    #: the question that led here; somebody may also come without one
    inquiry = models.OneToOneField(Inquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="admission")
    level = models.CharField(max_length=10)
    reason = models.TextField()
    admitting_clinician = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="admissions")
    admitted_on = models.DateField()
    recorded_at = models.DateTimeField()
    #: whoever wrote it down, as the trail names them; empty where an older version did
    recorded_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["recorded_by"], name="admissions_of_somebody")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        """The person under both names: the question that became a client, and the client."""
        asked = (f"inquiry:{self.inquiry_id}",) if self.inquiry_id else ()
        return (f"client:{self.client_id}", *asked)


class RecordsCompared(models.Model):
    """Somebody looked at two records: they are one person's, or two people's."""

    class Found(models.TextChoices):
        ONE = "one", _("One person")
        TWO = "two", _("Two people")

    #: made while the first was closed to whoever made it
    second = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=3, choices=Found)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["second", "first"], name="two_records_are_compared_once")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.second_id}", f"client:{self.first_id}")


class LevelAssessment(PublicModel):
    """Ratings and facts as they stood, what the program's rules made of them, and what a person says. Never changes."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        DECIDED = "decided", _("Decided")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="level_assessments")
    #: empty before the first stay
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    #: of `levels.rules.Fact`: its value, or null where nobody knew
    facts = models.JSONField()
    #: hours a week that they can give
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    #: version of the blueprint whose rules were asked, and what they said
    rules_version = models.PositiveIntegerField()
    recommended = models.CharField(max_length=4)
    level = models.CharField(max_length=4)
    #: why another level than the recommended one
    reason_sealed = SealedText(blank=True)
    #: what the person wants and can do, in words (the sixth dimension)
    considerations_sealed = SealedText(blank=True)
    #: of each rated dimension, why so: JSON; empty in rows of before
    reasons_sealed = SealedText(blank=True, default="")
    #: of a decision after a proposal: the day that both talked about it
    consulted_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "-at"], name="level_assessments_of_client")]
        constraints = [
            models.CheckConstraint(
                name="another_level_says_why", condition=Q(level=models.F("recommended")) | ~Q(reason_sealed="")
            )
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


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
