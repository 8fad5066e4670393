"""Who came into the program, which level was right, and who was assessed for it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record import crypto
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
    reason_sealed = SealedText()
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

    @property
    def reason(self) -> str:
        return crypto.unseal(self.reason_sealed)


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


class Assessment(PublicModel):
    """Somebody who asked for help is assessed, before any stay, by this clinician. The newest of an inquiry counts."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="assessments")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="assessments")
    clinician = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="assessments")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}", f"inquiry:{self.inquiry_id}")
