"""What the front desk records, and what a client tells us."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.record.ids import new_public_id
from trellis.journey.schedule.actions.marks import check_key, keep_once, must_be_on_roster
from trellis.journey.schedule.models import AbsenceNotice, Arrival, CallOutcome, NoticeUndo, NotSeated, Session
from trellis.journey.schedule.states import CallResult, NoticeKind, NotSeatedWhy, WayHome
from trellis.people.clients.models import Client

NOT_ON = _("This group does not take place. Nothing needs to be said.")
OVER = _("This group is over. Call us if you want to tell us more.")
NOTHING_TOLD = _("Nobody told us about an absence from this group, so there is nothing to take back.")
HOW_LATE = _("Say how many minutes late, from 1 to 180.")
CHOOSE = _("Choose one of the answers.")


def _client(result: Any, arguments: dict[str, Any]) -> tuple[str, ...]:
    return arguments["client"].audit_subjects  # type: ignore[no-any-return]


def _fact(by: Actor, session: Session, client: Client, key: str) -> dict[str, Any]:
    check_key(key)
    return {
        "session": session,
        "client": client,
        "key": key,
        "recorded_at": clock.now(),
        "by": by.name,
    }


@action("schedule.arrive", on="session", about=_client)
def arrive(*, by: Actor, session: Session, client: Client, key: str, gone: bool = False) -> Arrival:
    """The desk saw the person come in; with `gone` that was a slip, or they left again. The room confirms."""
    must_be_on_roster(session, client)
    return keep_once(Arrival(gone=gone, **_fact(by, session, client, key)))


@action("schedule.not_seat", on="session", about=_client)
def not_seated(
    *, by: Actor, session: Session, client: Client, why: str, way_home: str, key: str, note: str = ""
) -> NotSeated:
    """Came, could not take part, and how they got home."""
    must_be_on_roster(session, client)
    if why not in NotSeatedWhy.values or way_home not in WayHome.values:
        raise Refused(CHOOSE)
    fact = _fact(by, session, client, key)
    return keep_once(NotSeated(why=why, way_home=way_home, note=note[:200], **fact))


@action("schedule.record_call", on="session", about=_client)
def record_call(*, by: Actor, session: Session, client: Client, result: str, key: str, note: str = "") -> CallOutcome:
    """How the call went that was owed after an absence without word."""
    if result not in CallResult.values:
        raise Refused(CHOOSE)
    return keep_once(CallOutcome(result=result, note=note[:200], **_fact(by, session, client, key)))


@action("schedule.notify", on="client")
def notify_late(
    *, by: Actor, client: Client, session: Session, minutes: int, reason: str = "", key: str = ""
) -> AbsenceNotice:
    if not 1 <= minutes <= 180:
        raise Refused(HOW_LATE)
    notice = _notify(by, client, session, NoticeKind.LATE, minutes, reason, key)
    if not notice.sent_before:
        # Whoever comes late comes: an earlier "I can't make it" does not hold any more.
        _take_back(by, session, client)
    return notice


@action("schedule.notify", on="client")
def notify_cannot_come(
    *, by: Actor, client: Client, session: Session, reason: str = "", key: str = ""
) -> AbsenceNotice:
    return _notify(by, client, session, NoticeKind.CANNOT_COME, 0, reason, key)


@action("schedule.notify", on="client")
def can_come_after_all(*, by: Actor, client: Client, session: Session) -> NoticeUndo:
    """Takes "I can't make it" back. Said twice it is one; refused where nothing was told, or the group is over."""
    _check_ahead(session, client)
    taken_back = _take_back(by, session, client)
    if taken_back:
        return taken_back[-1]
    before = NoticeUndo.objects.filter(session=session, client=client).order_by("-id").first()
    if before is None:
        raise Refused(NOTHING_TOLD)
    before.sent_before = True
    return before


def _take_back(by: Actor, session: Session, client: Client) -> list[NoticeUndo]:
    """Each "I can't make it" of this person and group that still holds. A notice is taken back once: it is the key."""
    told = AbsenceNotice.objects.filter(session=session, client=client, kind=NoticeKind.CANNOT_COME)
    return [
        keep_once(NoticeUndo(notice=notice, **_fact(by, session, client, f"taken-back-{notice.pk}")))
        for notice in told.filter(undo__isnull=True).order_by("pk")
    ]


def _notify(
    by: Actor, client: Client, session: Session, kind: str, minutes: int, reason: str, key: str
) -> AbsenceNotice:
    _check_ahead(session, client)
    fact = _fact(by, session, client, key or new_public_id())
    return keep_once(AbsenceNotice(kind=kind, minutes=minutes, reason=reason[:280], **fact))


def _check_ahead(session: Session, client: Client) -> None:
    must_be_on_roster(session, client)
    if session.status == "cancelled":
        raise Refused(NOT_ON)
    if session.ends_at <= clock.now():
        raise Refused(OVER)
