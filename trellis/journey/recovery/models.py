from django.db import models
from django.db.models import Q

from trellis.foundation.places.rules.where import Spot
from trellis.people.clients.models import Client


class Way(models.TextChoices):
    """How somebody would come to a meeting; the words stand in the form. Empty: either."""

    IN_PERSON = "in_person"
    ONLINE = "online"


class Need(models.TextChoices):
    """What a meeting must offer them."""

    WHEELCHAIR = "wheelchair"
    NEWCOMERS = "newcomers"
    FAMILIES = "families"


class MeetingChoice(models.Model):
    """What a client chose about meetings of mutual help. It is theirs to say: nothing is copied from elsewhere."""

    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="meeting_choice")
    #: a ZIP code or a place as they typed it, its middle, and how far from there; empty: near nowhere in particular
    start = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    miles = models.PositiveSmallIntegerField(null=True, blank=True)
    kinds = models.JSONField(default=list, blank=True)  # labels of the lists, as staff write them; none: all
    language = models.CharField(max_length=20, blank=True)  # es; empty: any
    way = models.CharField(max_length=10, choices=Way, blank=True)
    needs = models.JSONField(default=list, blank=True)
    #: Today shows the next two
    on_today = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_start_of_meetings_is_a_spot",
                condition=Q(start="", latitude__isnull=True, longitude__isnull=True, miles__isnull=True)
                | (~Q(start="") & Q(latitude__isnull=False, longitude__isnull=False, miles__isnull=False)),
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)

    @property
    def spot(self) -> Spot | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Spot(self.latitude, self.longitude, self.start)
