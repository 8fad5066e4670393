"""Holding rooms and people. The database refuses what is taken; here its refusal becomes a sentence."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.permissions import Refused
from trellis.foundation.program.models import Room
from trellis.foundation.record.texts import say
from trellis.journey.schedule.models import Booking, Session
from trellis.people.staff.models import StaffMember

ROOM_TAKEN = _("{room} is taken at that time by {group}. Choose another room or another time.")
LEADER_TAKEN = _("{person} leads {group} at that time. Choose somebody else or another time.")


def book(session: Session, *, room: Room | None = None, staff_member: StaffMember | None = None) -> Booking:
    """Hold one room or one person for a session; Refused, with who has it, where it is taken."""
    booking = draft(session, room=room, staff_member=staff_member)
    keep(booking)
    return booking


def draft(session: Session, *, room: Room | None = None, staff_member: StaffMember | None = None) -> Booking:
    return Booking(
        session=session,
        room=room,
        staff_member=staff_member,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )


def keep(booking: Booking) -> None:
    """Write a booking, new or changed."""
    try:
        with transaction.atomic():
            wait_for([booking])
            booking.save()
    except IntegrityError as fault:
        if not is_overlap(fault):
            raise
        raise Refused(sentence(booking)) from fault


def wait_for(bookings: Iterable[Booking]) -> None:
    """Whoever reaches for the same at the same instant comes next: PostgreSQL would end one of two as a deadlock."""
    wanted = list(bookings)
    for rows, keys in (
        (Room.objects, {one.room_id for one in wanted if one.room_id}),
        (StaffMember.objects, {one.staff_member_id for one in wanted if one.staff_member_id}),
    ):
        if keys:
            list(rows.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def keep_all(bookings: Iterable[Booking]) -> list[Promise | str]:
    """Write many; what is taken is left out, with a sentence each."""
    wanted = list(bookings)
    try:
        with transaction.atomic():
            wait_for(wanted)
            Booking.objects.bulk_create(wanted)
        return []
    except IntegrityError as fault:
        if not is_overlap(fault):
            raise
    return [said for booking in wanted if (said := _refused(booking))]


def _refused(booking: Booking) -> "Promise | str":
    booking.pk = None
    try:
        keep(booking)
    except Refused as refused:
        return refused.sentence
    return ""


def is_overlap(fault: IntegrityError) -> bool:
    # "overlap: table.column" from the SQLite trigger, "…_no_overlap" from the PostgreSQL constraint.
    return "overlap" in str(fault)


def sentence(booking: Booking) -> Promise:
    holder = (
        Booking.objects.filter(
            released=False,
            starts_at__lt=booking.ends_at,
            ends_at__gt=booking.starts_at,
            room=booking.room,
            staff_member=booking.staff_member,
        )
        .exclude(pk=booking.pk)
        .select_related("session__series")
        .first()
    )
    group = say(holder.session.series.names) if holder else ""
    if booking.room is not None:
        return format_lazy(ROOM_TAKEN, room=say(booking.room.names), group=group)
    person = booking.staff_member.chosen_name if booking.staff_member else ""
    return format_lazy(LEADER_TAKEN, person=person, group=group)


def release(session: Session, **which: object) -> None:
    session.bookings.filter(released=False, **which).update(released=True)


def shift(session: Session, starts_at: datetime, ends_at: datetime) -> None:
    """Take what a session holds along to another time."""
    held = list(session.bookings.filter(released=False).select_related("room", "staff_member__account"))
    wait_for(held)
    for booking in held:
        booking.starts_at, booking.ends_at = starts_at, ends_at
        keep(booking)
