"""Where each person of a demo comes first."""

from django.urls import reverse
from django.utils import translation

from trellis.doors.demo.groups import begun, groups_on
from trellis.doors.demo.sign_ins import SignIn
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.people.accounts import arrival


def first(one: SignIn) -> str:
    """A path. Whoever leads a group that is on comes into its room."""
    if one.role == "group_facilitator" and (room := _room_of(one)):
        return room
    return arrival.address(Actor(account_id=one.account_id, roles=frozenset({one.role})), one.language)


def _room_of(one: SignIn) -> str | None:
    led = {"bookings__staff_member__account": one.account_id, "bookings__released": False}
    now = clock.now()
    session = groups_on(now).filter(**led).first() or begun(now).filter(**led).first()
    if session is None:
        return None
    with translation.override(one.language):
        return reverse("schedule:room", args=[session.public_id])
