"""What the front desk records, and what a client tells us."""

from django.db import models

from trellis.foundation.record.models import PublicModel
from trellis.journey.schedule.models.attendance import RosterFact
from trellis.journey.schedule.states import AfterSilence, CallResult, NoticeKind, NotSeatedWhy, WayHome
from trellis.people.clients.models import Client
from trellis.people.staff.models import StaffMember


class Arrival(RosterFact):
    """The desk saw the person come in; the room confirms. A row with `gone` takes the arrival back."""

    gone = models.BooleanField(default=False)


class NotSeated(RosterFact):
    """Came, and could not take part."""

    why = models.CharField(max_length=16, choices=NotSeatedWhy)
    way_home = models.CharField(max_length=12, choices=WayHome)
    note = models.CharField(max_length=200, blank=True)


class AbsenceNotice(RosterFact):
    """ "I am late" or "I can't make it", by the client or told to us."""

    kind = models.CharField(max_length=12, choices=NoticeKind)
    minutes = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=280, blank=True)


class NoticeUndo(RosterFact):
    """ "I can come after all": takes a notice back, which stays on record beside it."""

    notice = models.OneToOneField(AbsenceNotice, on_delete=models.PROTECT, related_name="undo")


class CallOutcome(RosterFact):
    """How a call went that was owed after an absence without word."""

    result = models.CharField(max_length=12, choices=CallResult)
    note = models.CharField(max_length=200, blank=True)


class SilenceDecision(PublicModel):
    """What a clinician decided after days without word from a client."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="silence_decisions")
    decision = models.CharField(max_length=12, choices=AfterSilence)
    reason = models.CharField(max_length=200)
    decided_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    by = models.CharField(max_length=40)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (f"client:{self.client_id}",)
