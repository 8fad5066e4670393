"""What was decided about the next step of care."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText
from trellis.people.clients.models import Client, Episode


class Review(PublicModel):
    """Somebody looked at which care is next: what spoke for each way then, and what they decided. Never changes."""

    class Decided(models.TextChoices):
        CONTINUE = "continue", _("Go on as now")
        STEP_DOWN = "step_down", _("Less care: a step down")
        STEP_UP = "step_up", _("More care: a step up")
        DISCHARGE = "discharge", _("An end of care here")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="reviews")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    #: reasons as keys and figures (`advice.keeping`), never names or words of people
    advice = models.JSONField()
    decided = models.CharField(max_length=10, choices=Decided)
    #: why, in the clinician's words; needed where the record spoke for another way
    words_sealed = SealedText(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["client", "-on"], name="reviews_of_client")]
        constraints = [
            models.CheckConstraint(
                name="a_review_decides_a_known_way",
                condition=Q(decided__in=["continue", "step_down", "step_up", "discharge"]),
            )
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)
