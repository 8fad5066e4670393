from django.db import models
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.models import PublicModel
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
