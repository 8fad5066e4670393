"""Sessions, what they hold, and whose they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Value

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.roles import FrontDesk
from trellis.foundation.program.queries import zone as program_zone
from trellis.foundation.program.rules import at
from trellis.foundation.record.prepared import Prepared
from trellis.journey.schedule.models import Booking, Series, SeriesFacilitator, Session, SessionChange
from trellis.journey.schedule.roster import enrollments_in
from trellis.people.clients.models import Client
from trellis.people.staff.models import StaffMember

#: the software itself leads no session
NOBODY = 0


@dataclass(slots=True)
class Holds:
    """What a session holds: a room and people to lead it."""

    room: Mapping[str, str] | None = None
    room_id: int | None = None
    leaders: list[str] = field(default_factory=list)  # chosen names
    leader_ids: list[int] = field(default_factory=list)
    leader_accounts: list[int] = field(default_factory=list)


def sessions() -> "QuerySet[Session]":
    return Session.objects.select_related("series", "joins__series")


def session_for(actor: Actor, public_id: str) -> Session | None:
    """A session that knows already whether the actor leads it: `may` then asks nothing more. One statement."""
    found: Session | None = _ask_session.first(actor.account_id or NOBODY, public_id)
    return found


@Prepared
def _ask_session(account_id: int, public_id: str) -> "QuerySet[Session]":
    mine = Booking.objects.filter(staff_member__account_id=account_id, released=False)
    leads = Exists(mine.filter(session=OuterRef("pk"))) | Exists(mine.filter(session=OuterRef("joins")))
    return sessions().filter(public_id=public_id).annotate(leads=leads, asked_for_account=Value(account_id))


def day_bounds(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The instants at which a local day begins and the next one begins."""
    return at(day, time(), zone), at(day + timedelta(days=1), time(), zone)


def of_day(rows: "QuerySet[Session]", day: date, zone: tzinfo) -> "QuerySet[Session]":
    begins, ends = day_bounds(day, zone)
    return rows.filter(starts_at__gte=begins, starts_at__lt=ends).order_by("starts_at", "series__key", "pk")


def holds(of: "Iterable[int] | QuerySet[Session]") -> dict[int, Holds]:
    """Rooms and leaders of sessions by their keys; one statement."""
    found: dict[int, Holds] = {}
    keys = of.values_list("pk", flat=True) if isinstance(of, QuerySet) else of
    for session, room_id, names, staff, account, leader in _ask_holds(list(keys)):
        one = found.setdefault(session, Holds())
        if room_id is not None:
            one.room, one.room_id = names, room_id
        else:
            one.leaders.append(leader)
            one.leader_ids.append(staff)
            one.leader_accounts.append(account)
    return found


@Prepared
def _ask_holds(ids: list[int]) -> "QuerySet[Any, Any]":
    return Booking.objects.filter(session__in=ids, released=False).order_by("pk").values_list(
        "session_id", "room_id", "room__names", "staff_member_id", "staff_member__account_id",
        "staff_member__account__chosen_name",
    )  # fmt: skip


def next_session(client: Client, now: datetime) -> Session | None:
    """The client's session that is on, or the next one that takes place; one statement."""
    return coming_sessions(client, now).first()


def coming_sessions(client: Client, now: datetime) -> "QuerySet[Session]":
    """Sessions of the client that are not over, in order of time; cancelled ones are left out."""
    return sessions_of_client(client).filter(ends_at__gt=now).exclude(status="cancelled").order_by("starts_at", "pk")


def sessions_of_client(client: Client) -> "QuerySet[Session]":
    """Every session that the client belongs to: enrolled on its day, added to it, or marked in it."""
    return sessions().filter(
        Q(pk__in=enrolled_sessions([client.pk]))
        | Q(pk__in=client.rosteradditions.values("session"))
        | Q(pk__in=client.attendances.values("session"))
    )


def has_them_today(actor: Actor, client: Client, now: datetime) -> bool:
    """The client has a session today, and the actor sits at the front desk or leads it; at most two statements."""
    today = sessions_of_client(client).filter(planned_on=now.astimezone(program_zone()).date())
    today = today.exclude(status="cancelled")
    if FrontDesk.key in actor.roles:
        return today.exists()
    if actor.account_id is None:
        return False
    led = Booking.objects.filter(staff_member__account_id=actor.account_id, released=False)
    return led.filter(Q(session__in=today) | Q(session__in=today.values("joins"))).exists()


def enrolled_sessions(clients: Iterable[int]) -> "QuerySet[Any]":
    return enrollments_in(Session.objects.all()).filter(episode__client__in=clients).values("series__sessions")


def changes_for(client: Client, since: datetime, now: datetime) -> list[SessionChange]:
    """What changed in sessions of the client that are not over yet, newest first; one statement."""
    rows = SessionChange.objects.filter(
        recorded_at__gte=since, session__ends_at__gt=now, session__in=enrolled_sessions([client.pk])
    )
    return list(rows.select_related("session__series").order_by("-recorded_at", "-pk"))


def changes_of(session: Session) -> list[SessionChange]:
    """What was changed in one session, newest first; one statement."""
    return list(session.changes.order_by("-recorded_at", "-pk"))


def leaders_of(session: Session) -> "QuerySet[StaffMember]":
    """Who is booked to lead a session, first booked first."""
    booked = session.bookings.filter(released=False, staff_member__isnull=False)
    return StaffMember.objects.filter(pk__in=booked.values("staff_member")).select_related("account").order_by("pk")


def series_now(day: date) -> "QuerySet[Series]":
    """The groups of the plan on a day, without individual hours, with those who usually lead them; two statements."""
    leading = SeriesFacilitator.objects.filter(Q(until__isnull=True) | Q(until__gte=day))
    rows = Series.objects.filter(Q(until__isnull=True) | Q(until__gte=day), personal=False, since__lte=day)
    usual = leading.select_related("staff_member__account").order_by("since", "pk")
    return (
        rows.select_related("room")
        .prefetch_related(Prefetch("facilitators", queryset=usual, to_attr="usual"))
        .order_by("weekday", "start", "key")
    )


def my_sessions(account_id: int, since: datetime, until: datetime) -> list[Session]:
    """Sessions that an account is booked to lead between two instants; one statement."""
    mine = Booking.objects.filter(staff_member__account_id=account_id, released=False)
    rows = sessions().filter(pk__in=mine.values("session"), starts_at__gte=since, starts_at__lt=until)
    return list(rows.order_by("starts_at", "pk"))


def today_bounds(now: datetime) -> tuple[datetime, datetime]:
    return day_bounds(now.astimezone(program_zone()).date(), program_zone())


__all__ = [
    "Holds", "changes_for", "changes_of", "coming_sessions", "day_bounds", "enrolled_sessions", "holds", "my_sessions",
    "next_session", "of_day", "session_for", "sessions", "sessions_of_client", "today_bounds",
]  # fmt: skip
