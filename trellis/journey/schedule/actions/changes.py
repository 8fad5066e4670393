"""What changes one session or its rule, shared by the actions that do so."""

from datetime import datetime

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.journey.schedule.actions import booking
from trellis.journey.schedule.models import Session, SessionChange
from trellis.journey.schedule.states import CancelReason, ChangeKind


def call_off(by: Actor, session: Session, reason: str, note: str) -> None:
    session.status, session.cancel_reason = "cancelled", CancelReason(reason)
    session.save(update_fields=["status", "cancel_reason"])
    booking.release(session)
    note_change(by, session, ChangeKind.CANCELLED, reason=note)


def note_change(
    by: Actor, session: Session, kind: str, *, before: datetime | None = None, reason: str = ""
) -> SessionChange:
    return SessionChange.objects.create(
        session=session,
        kind=ChangeKind(kind),
        old_starts_at=before,
        reason=reason,
        recorded_at=clock.now(),
        by=by.name,
    )
