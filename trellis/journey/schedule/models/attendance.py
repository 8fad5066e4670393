"""What the group room records. Nothing here is overwritten: a correction stands beside the fact."""

from django.db import models
from django.utils.functional import Promise

from trellis.foundation.record.models import PublicModel
from trellis.journey.schedule.models.sessions import Session
from trellis.journey.schedule.states import GuestKind, Mark
from trellis.people.clients.models import Client


class RosterFact(models.Model):
    """One thing recorded about one person and one session. `key` is drawn by the sender: sent twice, kept once."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="%(class)ss")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="%(class)ss")
    key = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=40)

    #: set on a row that an action gives back because the same was sent before
    sent_before = False

    class Meta:
        abstract = True

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)


class Attendance(RosterFact):
    """A mark. The newest that was not taken back holds."""

    # Its index is the one below: whoever asks for a session's marks, asks for a person's marks in it, too.
    session = models.ForeignKey(Session, on_delete=models.PROTECT, db_index=False, related_name="attendances")
    state = models.CharField(max_length=10, choices=Mark)
    arrived_late_minutes = models.PositiveSmallIntegerField(default=0)
    left_early_minutes = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    #: recorded after the program day of the session
    late_entry = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["session", "client"], name="attendance_session_client")]

    @property
    def label(self) -> "Promise | str":
        return Mark(self.state).label


class AttendanceUndo(RosterFact):
    """Takes back this mark and all before it: the person is not marked again."""

    attendance = models.OneToOneField(Attendance, on_delete=models.PROTECT, related_name="undo")


class RosterAddition(RosterFact):
    """Somebody who sat in the group without being enrolled in it."""

    reason = models.CharField(max_length=200, blank=True)


class GuestCount(PublicModel):
    """How many guests of a kind sat in; the newest row of a kind holds. Guests are counted, never named."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="guests")
    kind = models.CharField(max_length=12, choices=GuestKind)
    number = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=40)
