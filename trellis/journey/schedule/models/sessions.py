"""Dated sessions, and what they hold: a room and people to lead them."""

from django.db import models
from django.db.models import F, Q

from trellis.foundation.program.models import Room
from trellis.foundation.record.models import PublicModel
from trellis.journey.schedule.models.plan import Series
from trellis.journey.schedule.states import MACHINE, CancelReason, ChangeKind
from trellis.people.staff.models import StaffMember


class Session(PublicModel):
    """A dated fact. `planned_on` is the day that the series' rule gave, and stays when the session moves."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="sessions")
    planned_on = models.DateField()
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    break_minutes = models.PositiveSmallIntegerField(default=0)
    break_after = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=MACHINE.choices, default=MACHINE.start)
    cancel_reason = models.CharField(max_length=20, choices=CancelReason, blank=True)
    #: the session whose room it shares for the night; how that came about stands in JoinedSession
    joins = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "planned_on"], name="one_session_of_a_series_a_day"),
            models.CheckConstraint(name="session_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
        ]


class Booking(models.Model):
    """One room, or one member of staff, held by a session. The database refuses two live rows at the same time."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings")
    staff_member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    released = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="booking_of_one_thing",
                condition=Q(room__isnull=True, staff_member__isnull=False)
                | Q(room__isnull=False, staff_member__isnull=True),
            ),
            models.CheckConstraint(name="booking_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [
            models.Index(fields=["room", "starts_at"], condition=Q(released=False), name="booking_of_room"),
            models.Index(fields=["staff_member", "starts_at"], condition=Q(released=False), name="booking_of_staff"),
        ]


class SessionChange(models.Model):
    """What was changed in one session, by whom and when; Today shows it to those it concerns."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=ChangeKind)
    old_starts_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40)


class JoinedSession(models.Model):
    """For one night `session` takes place in `host`. Each keeps its own roster, marks and minutes."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="joinings")
    host = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="hostings")
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=40)


class JoinedSessionUndo(models.Model):
    """Takes a joining back: the groups sit apart again."""

    joining = models.OneToOneField(JoinedSession, on_delete=models.PROTECT, related_name="undo")
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=40)
