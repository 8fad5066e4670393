"""Two groups in one room for a night, and apart again."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program.models import Room
from trellis.journey.schedule.actions import booking
from trellis.journey.schedule.actions.changes import note_change
from trellis.journey.schedule.actions.sessions import NOT_NOW, about_nobody
from trellis.journey.schedule.models import JoinedSession, JoinedSessionUndo, Session
from trellis.journey.schedule.states import ChangeKind

WITH_ITSELF = _("Choose another group to join.")
JOINED_ALREADY = _("One of these groups is joined with another already.")
NOT_TOGETHER = _("These groups do not meet at the same time.")


@action("schedule.join", on="host", about=about_nobody)
def join_sessions(*, by: Actor, host: Session, session: Session) -> JoinedSession:
    """For this night `session` sits with `host` and gives its room back. Each keeps its own roster and minutes."""
    if host.pk == session.pk:
        raise Refused(WITH_ITSELF)
    _as_they_stand(host, session)
    for one in (host, session):
        if one.status == "cancelled":
            raise Refused(NOT_NOW["cancelled"])
    if session.starts_at >= host.ends_at or host.starts_at >= session.ends_at:
        raise Refused(NOT_TOGETHER)
    if host.joins_id or session.joins_id or session.joined_by.exists():
        raise Refused(JOINED_ALREADY)
    booking.release(session, room__isnull=False)
    joined = JoinedSession.objects.create(session=session, host=host, recorded_at=clock.now(), by=by.name)
    _sit(session, host)
    note_change(by, session, ChangeKind.JOINED)
    return joined


@action("schedule.join", on="host", about=about_nobody)
def take_joining_back(*, by: Actor, host: Session, session: Session) -> JoinedSessionUndo | None:
    """`session` sits by itself again, in its own room where that is still free. None where it does so already."""
    _as_they_stand(host, session)
    if session.joins_id != host.pk:
        return None
    joining = JoinedSession.objects.filter(session=session, host=host, undo__isnull=True).latest("pk")
    undo = JoinedSessionUndo.objects.create(joining=joining, recorded_at=clock.now(), by=by.name)
    _sit(session, None)
    if session.status != "cancelled":
        _back_to_its_room(session)
    note_change(by, session, ChangeKind.APART)
    return undo


def _as_they_stand(*sessions: Session) -> None:
    """Read again, and held until this act ends: another device may have joined or parted them meanwhile."""
    keys = [session.pk for session in sessions]
    rows = Session.objects.select_for_update().filter(pk__in=keys).order_by("pk").in_bulk()
    for session in sessions:
        now = rows[session.pk]
        session.joins_id, session.status = now.joins_id, now.status


def _sit(session: Session, host: Session | None) -> None:
    session.joins = host
    session.save(update_fields=["joins"])


def _back_to_its_room(session: Session) -> None:
    """Somebody else may have the room by now: the group then has none, and its page asks for one."""
    last = Room.objects.filter(bookings__session=session, bookings__released=True).order_by("-bookings__pk").first()
    if last is None:
        return
    try:
        booking.book(session, room=last)
    except Refused:
        return
