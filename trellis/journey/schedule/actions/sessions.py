"""What can be done with one session, without breaking its series."""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program.models import Room
from trellis.foundation.record.states import MoveNotAllowed
from trellis.journey.schedule.actions import booking
from trellis.journey.schedule.actions.changes import call_off, note_change
from trellis.journey.schedule.actions.generate import usual_bookings
from trellis.journey.schedule.models import GuestCount, Session
from trellis.journey.schedule.states import MACHINE, SEATED, ChangeKind, GuestKind
from trellis.people.staff.models import StaffMember

MOST_GUESTS = 200

NOT_NOW: dict[str, "Promise | str"] = {
    "held": _("This group took place already. What happened stays as it was."),
    "cancelled": _("This group is cancelled. Restore it first."),
    "planned": _("This group is planned already."),
    "moved": _("This group is planned already."),
}
PEOPLE_WERE_THERE = _("Somebody is marked as here. Take the marks back before you change the group.")
IN_THE_PAST = _("Choose a time that lies ahead.")
NO_CHANGE = _("This is how it is already.")
NOT_LEADING = _("{person} does not lead this group.")
GUEST_NUMBER = _("Give the number of guests as a whole number from 0 to 200.")


def about_nobody(result: Any, arguments: dict[str, Any]) -> tuple[str, ...]:
    """Acts on a session are about no one person."""
    return ()


def after(session: Session, verb: str) -> str:
    """Where the verb leads; Refused, with the reason, where it may not follow."""
    try:
        status = MACHINE.after(session.status, verb)
    except MoveNotAllowed:
        raise Refused(NOT_NOW[session.status]) from None
    if verb in ("move", "cancel") and has_people(session):
        raise Refused(PEOPLE_WERE_THERE)
    return status


def has_people(session: Session) -> bool:
    return session.attendances.filter(state__in=SEATED, undo__isnull=True).exists()


@action("schedule.change", on="session", about=about_nobody)
def move_session(*, by: Actor, session: Session, starts_at: datetime, reason: str = "") -> Session:
    """To another time, as long as before; its room and its leaders come along or the move is refused."""
    status = after(session, "move")
    if starts_at <= clock.now():
        raise Refused(IN_THE_PAST)
    before, length = session.starts_at, session.ends_at - session.starts_at
    booking.shift(session, starts_at, starts_at + length)
    session.starts_at, session.ends_at, session.status = starts_at, starts_at + length, status
    session.save(update_fields=["starts_at", "ends_at", "status"])
    note_change(by, session, ChangeKind.MOVED, before=before, reason=reason)
    return session


@action("schedule.change", on="session", about=about_nobody)
def cancel_session(*, by: Actor, session: Session, reason: str, note: str = "") -> Session:
    """Ours to cancel: nobody's week is short by it."""
    after(session, "cancel")
    call_off(by, session, reason, note)
    return session


@action("schedule.change", on="session", about=about_nobody)
def restore_session(*, by: Actor, session: Session) -> Session:
    """Takes place after all, with the usual room and leaders, if they are still free."""
    session.status, session.cancel_reason = after(session, "restore"), ""
    session.save(update_fields=["status", "cancel_reason"])
    usual = usual_bookings([session])
    booking.wait_for(usual)
    for one in usual:
        booking.keep(one)
    note_change(by, session, ChangeKind.RESTORED)
    return session


@action("schedule.change_room", on="session", about=about_nobody)
def change_room(*, by: Actor, session: Session, room: Room, reason: str = "") -> Session:
    _must_be_on(session)
    if session.bookings.filter(room=room, released=False).exists():
        raise Refused(NO_CHANGE)
    booking.release(session, room__isnull=False)
    booking.book(session, room=room)
    note_change(by, session, ChangeKind.ROOM, reason=reason)
    return session


@action("schedule.change", on="session", about=about_nobody)
def change_facilitator(
    *,
    by: Actor,
    session: Session,
    staff_member: StaffMember | None,
    instead_of: StaffMember | None = None,
    reason: str = "",
) -> Session:
    """Another leader for this one session. Without `instead_of` one more; without `staff_member` one less."""
    _must_be_on(session)
    if staff_member is None and instead_of is None:
        raise Refused(NO_CHANGE)
    if staff_member is not None and session.bookings.filter(staff_member=staff_member, released=False).exists():
        raise Refused(NO_CHANGE)
    if instead_of is not None:
        booking.release(session, staff_member=instead_of)
    if staff_member is not None:
        booking.book(session, staff_member=staff_member)
    note_change(by, session, ChangeKind.FACILITATOR, reason=reason)
    return session


def _must_be_on(session: Session) -> None:
    if session.status in ("cancelled", "held"):
        raise Refused(NOT_NOW[session.status])


@action("schedule.count_guests", on="session", about=about_nobody)
def count_guests(*, by: Actor, session: Session, kind: str, number: int) -> GuestCount:
    """Loved ones, interpreters, students: counted, never named, and never counted as clients."""
    if not 0 <= number <= MOST_GUESTS:
        raise Refused(GUEST_NUMBER)
    return GuestCount.objects.create(
        session=session, kind=GuestKind(kind), number=number, recorded_at=clock.now(), by=by.name
    )


@action("schedule.generate", about=about_nobody)
def hold_past_sessions(*, by: Actor) -> int:
    """Sessions that are over and had somebody in them took place."""
    over = Session.objects.filter(status__in=("planned", "moved"), ends_at__lte=clock.now())
    return over.filter(attendances__state__in=SEATED, attendances__undo__isnull=True).distinct().update(status="held")
