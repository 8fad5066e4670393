"""Attendance. Rows are only ever added; what a device sends twice is kept once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.journey.schedule import roster
from trellis.journey.schedule.models import Attendance, AttendanceUndo, RosterAddition, Session
from trellis.journey.schedule.models.attendance import RosterFact
from trellis.journey.schedule.rules import marks
from trellis.journey.schedule.states import Mark
from trellis.people.clients.models import Client

F = TypeVar("F", bound=RosterFact)

FAULTS: dict[str, "Promise | str"] = {
    "cancelled": _("This group is cancelled, so nobody can be marked in it."),
    "too_soon": _("This group has not begun. You can mark people from one hour before it starts."),
    "longer_than_session": _("Those minutes are longer than the group itself. Give fewer minutes."),
    "needs_minutes": _("Say how many minutes."),
    "other_minutes": _("Minutes late or early go with the marks that say so."),
}
NO_SUCH_MARK = _("Choose one of the marks.")
NOT_ON_ROSTER = _("This person is not in this group tonight. Add them to the group first.")
ON_ROSTER_ALREADY = _("This person is in this group already.")
KEY_USED = _("Something else was sent under the same key. Open the page again.")
NO_KEY = _("Open the page again and mark once more.")
LONGEST_KEY = 64


@dataclass(frozen=True)
class Entry:
    """One mark to make, as a page sends it."""

    client: Client
    state: str
    key: str
    arrived_late_minutes: int = 0
    left_early_minutes: int = 0
    reason: str = ""


def _client(result: Any, arguments: dict[str, Any]) -> tuple[str, ...]:
    return arguments["client"].audit_subjects  # type: ignore[no-any-return]


def _clients(result: Any, arguments: dict[str, Any]) -> tuple[str, ...]:
    return tuple(subject for entry in arguments["entries"] for subject in entry.client.audit_subjects)


@action("schedule.mark", on="session", about=_client)
def mark(
    *,
    by: Actor,
    session: Session,
    client: Client,
    state: str,
    arrived_late_minutes: int = 0,
    left_early_minutes: int = 0,
    reason: str = "",
    key: str,
) -> Attendance:
    """Add one mark. The same key again is the same mark: it is given back and nothing is added."""
    entry = Entry(client, state, key, arrived_late_minutes, left_early_minutes, reason)
    must_be_on_roster(session, client)
    return keep_once(_row(by, session, entry, clock.now()))


@action("schedule.mark", on="session", about=_clients)
def mark_all(*, by: Actor, session: Session, entries: list[Entry]) -> list[Attendance]:
    """A whole room at once. Either every mark is sound or none is kept; what was sent before is not added again."""
    now = clock.now()
    known = roster.clients_on(session, [entry.client.pk for entry in entries])
    if not known.issuperset(entry.client.pk for entry in entries):
        raise Refused(NOT_ON_ROSTER)
    return _keep_many([_row(by, session, entry, now) for entry in entries])


def _row(by: Actor, session: Session, entry: Entry, now: datetime) -> Attendance:
    check_key(entry.key)
    if entry.state not in Mark.values:
        raise Refused(NO_SUCH_MARK)
    fault = marks.fault(
        entry.state,
        late=entry.arrived_late_minutes,
        left_early=entry.left_early_minutes,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        now=now,
        cancelled=session.status == "cancelled",
    )
    if fault:
        raise Refused(FAULTS[fault])
    return Attendance(
        session=session,
        client=entry.client,
        key=entry.key,
        state=entry.state,
        arrived_late_minutes=entry.arrived_late_minutes,
        left_early_minutes=entry.left_early_minutes,
        reason=entry.reason[:200],
        late_entry=_late_entry(session, now),
        recorded_at=now,
        by=by.name,
    )


def _late_entry(session: Session, now: datetime) -> bool:
    if now <= session.ends_at:  # spares the ordinary mark a look at the program's zone
        return False
    zone = program.zone()
    return marks.is_late_entry(now.astimezone(zone).date(), session.starts_at.astimezone(zone).date())


@action("schedule.mark", on="session", about=_client)
def undo(*, by: Actor, session: Session, client: Client, key: str) -> AttendanceUndo | None:
    """Take the person's marks in this session back: they are not marked again. None where there was nothing to take."""
    check_key(key)
    newest = Attendance.objects.filter(session=session, client=client).order_by("-id").select_related("undo").first()
    if newest is None or hasattr(newest, "undo"):
        return None
    return keep_once(
        AttendanceUndo(session=session, client=client, attendance=newest, key=key, recorded_at=clock.now(), by=by.name)
    )


@action("schedule.add_to_roster", on="session", about=_client)
def add_to_roster(*, by: Actor, session: Session, client: Client, key: str, reason: str = "") -> RosterAddition:
    """Somebody sits in who is not enrolled in this group."""
    check_key(key)
    if session.status == "cancelled":
        raise Refused(FAULTS["cancelled"])
    sent_before = RosterAddition.objects.filter(key=key, session=session, client=client).first()
    if sent_before is not None:
        return sent_before
    if roster.clients_on(session, [client.pk]):
        raise Refused(ON_ROSTER_ALREADY)
    return keep_once(
        RosterAddition(
            session=session, client=client, key=key, reason=reason[:200], recorded_at=clock.now(), by=by.name
        )
    )


# --- kept once --------------------------------------------------------------------------------------------------------


def check_key(key: str) -> None:
    if not 0 < len(key) <= LONGEST_KEY:
        raise Refused(NO_KEY)


def must_be_on_roster(session: Session, client: Client) -> None:
    # A client that was read through the roster (queries.client_on) was asked about already.
    if getattr(client, "on_roster_of", None) != session.pk and not roster.clients_on(session, [client.pk]):
        raise Refused(NOT_ON_ROSTER)


def keep_once(fact: F) -> F:
    """Write a fact, or give back the one that was written under its key."""
    try:
        with transaction.atomic():
            fact.save(force_insert=True)
    except IntegrityError:
        before = type(fact)._default_manager.filter(key=fact.key).first()
        if before is None:
            raise
        return _same(fact, before)
    return fact


def _same(fact: F, before: F) -> F:
    if (before.session_id, before.client_id) != (fact.session_id, fact.client_id):
        raise Refused(KEY_USED)
    before.sent_before = before is not fact
    return before


def _keep_many(rows: list[Attendance]) -> list[Attendance]:
    kept = {row.key: row for row in Attendance.objects.filter(key__in=[row.key for row in rows])}
    new = list(_first_of_each_key(row for row in rows if row.key not in kept))
    try:
        with transaction.atomic():
            Attendance.objects.bulk_create(new)
    except IntegrityError:  # another device sent one of them in this very moment
        new = [keep_once(row) for row in new]
    kept |= {row.key: row for row in new}
    return [_same(row, kept[row.key]) for row in rows]


def _first_of_each_key(rows: Iterable[Attendance]) -> Iterable[Attendance]:
    return {row.key: row for row in reversed(list(rows))}.values()
