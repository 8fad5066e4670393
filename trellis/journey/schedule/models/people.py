"""Who belongs to which groups, from when to when, and how many hours were ordered."""

from django.db import models
from django.db.models import Q

from trellis.foundation.record.models import PublicModel
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.schedule.models.plan import Series, Track
from trellis.journey.schedule.states import WAITING, LeaveKind
from trellis.people.clients.models import Client, Episode
from trellis.people.staff.models import StaffMember


class Enrollment(PublicModel):
    """A client in a series, both days included. One called off before it began ends the day before `since`."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="enrollments")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="enrollments")
    #: the track that brought the client here; empty when enrolled in the series alone
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True, related_name="enrollments")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "series"], condition=Q(until__isnull=True), name="one_live_enrollment"
            )
        ]
        indexes = [models.Index(fields=["series", "until"], name="enrollment_of_series")]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.episode.audit_subjects


class WaitListEntry(PublicModel):
    """A client, or somebody who asked for help, who waits for a place in a track."""

    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="waiting")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="waiting")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="waiting")
    status = models.CharField(max_length=10, choices=WAITING.choices, default=WAITING.start)
    since = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="one_person_waits",
                condition=Q(episode__isnull=True, inquiry__isnull=False)
                | Q(episode__isnull=False, inquiry__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["track", "episode"], condition=Q(status="waiting"), name="client_waits_once"
            ),
            models.UniqueConstraint(
                fields=["track", "inquiry"], condition=Q(status="waiting"), name="inquiry_waits_once"
            ),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        who = self.episode or self.inquiry
        return who.audit_subjects if who else ()


class PrescribedHours(models.Model):
    """A dated order: so many minutes of care a week, from a day on. The newest that has begun holds."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="prescribed_hours")
    minutes_a_week = models.PositiveSmallIntegerField()
    since = models.DateField()
    ordered_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=40)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class Leave(PublicModel):
    """Days on which a client cannot come for a reason that is nobody's shortfall. Both days included."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="leaves")
    kind = models.CharField(max_length=10, choices=LeaveKind)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=40)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)
