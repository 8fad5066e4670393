"""Who waits for a place, and who was handed on elsewhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record import crypto
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.journey.inquiry.models import Inquiry


class AdmissionWait(PublicModel):
    """Somebody asked for help, and there is no place for them yet. What happened since stands in its steps."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="admission_waits")
    #: when they asked for a place: 48 hours for interim services run from here
    since = models.DateTimeField()
    #: as it was known then; a step of the kind "facts" may say otherwise
    pregnant = models.BooleanField(default=False)
    injects = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.inquiry.audit_subjects


class WaitStep(models.Model):
    """What was done for somebody who waits. Never changes."""

    class Kind(models.TextChoices):
        CONTACT = "contact", _("We spoke")
        NO_ANSWER = "no_answer", _("We tried and did not reach them")
        GIVEN = "given", _("Given")
        DECLINED = "declined", _("They said no to it")
        OFFER = "offer", _("A place was offered")
        FACTS = "facts", _("What decides the order was written anew")
        OFF = "off", _("Taken off the list")

    wait = models.ForeignKey(AdmissionWait, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    #: which interim service, or why they left the list
    what = models.CharField(max_length=20, blank=True)
    pregnant = models.BooleanField(null=True, blank=True)
    injects = models.BooleanField(null=True, blank=True)
    note_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["wait", "id"], name="steps_of_a_wait")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.wait.audit_subjects


class HandOn(PublicModel):
    """We are not the right place for them: where and how they were handed on."""

    class Way(models.TextChoices):
        TOGETHER = "together", _("We called there together")
        IN_PERSON = "in_person", _("Somebody of us went with them")
        NUMBER = "number", _("They got the number")

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="hand_ons")
    place = models.CharField(max_length=120)
    spoke_with_sealed = SealedText(blank=True)
    way = models.CharField(max_length=10, choices=Way)
    on = models.DateField()
    note_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.inquiry.audit_subjects

    @property
    def spoke_with(self) -> str:
        return crypto.unseal(self.spoke_with_sealed) if self.spoke_with_sealed else ""


class HandOnStep(models.Model):
    """Whether they got there: asked again until somebody knows."""

    class Found(models.TextChoices):
        ARRIVED = "arrived", _("They got there")
        NOT_ARRIVED = "not_arrived", _("They did not go there")
        NOT_REACHED = "not_reached", _("Nobody could tell us yet")

    hand_on = models.ForeignKey(HandOn, on_delete=models.PROTECT, related_name="steps")
    found = models.CharField(max_length=12, choices=Found)
    on = models.DateField()
    note_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.hand_on.audit_subjects
