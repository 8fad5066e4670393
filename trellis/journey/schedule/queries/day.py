"""The day: its sessions with everybody expected in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from django.db.models import QuerySet

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import shown_to
from trellis.journey.schedule.models import GuestCount, Session
from trellis.journey.schedule.queries.lines import RosterLine, lines_of
from trellis.journey.schedule.queries.sessions import Holds, holds, of_day, sessions
from trellis.journey.schedule.rules import places


@dataclass(slots=True)
class DaySession:
    session: Session
    holds: Holds
    lines: list[RosterLine]

    @property
    def cancelled(self) -> bool:
        return self.session.status == "cancelled"

    @property
    def here(self) -> int:
        return sum(line.seated for line in self.lines)

    @property
    def came(self) -> int:
        """Seated, or seen by the desk and not marked yet."""
        return sum(line.seated or (not line.marks and bool(line.arrived_at)) for line in self.lines)

    @property
    def expected(self) -> int:
        return sum(not line.on_leave for line in self.lines)

    def is_on(self, now: datetime) -> bool:
        return not self.cancelled and self.session.starts_at <= now < self.session.ends_at

    @property
    def missing(self) -> list[RosterLine]:
        return [] if self.cancelled else [line for line in self.lines if line.missing]

    @property
    def calls_owed(self) -> list[RosterLine]:
        return [line for line in self.lines if line.call_owed]


def leave_out(actor: Actor, found: list[DaySession]) -> None:
    """Take those out of the rosters out of whose records the actor is kept."""
    if actor.kept_out:
        for one in found:
            one.lines = shown_to(actor, one.lines)


def sessions_on(day: date, zone: tzinfo) -> list[DaySession]:
    """Every session of a local day with its roster; five statements, however many lines."""
    return filled(of_day(sessions(), day, zone))


def filled(rows: "Iterable[Session] | QuerySet[Session]") -> list[DaySession]:
    listed = list(rows)
    ids = [session.pk for session in listed]
    held, rosters = holds(ids), lines_of(ids)
    return [DaySession(one, held.get(one.pk, Holds()), rosters.get(one.pk, [])) for one in listed]


def calls_owed(day: date, zone: tzinfo) -> list[tuple[Session, RosterLine]]:
    """Absences of the day without word whose call has no outcome yet."""
    return [(one.session, line) for one in sessions_on(day, zone) for line in one.calls_owed]


# --- the group room ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class GroupRoom:
    """One room for one night: its own session first, then those that join it."""

    host: DaySession
    joined: list[DaySession]
    guests: dict[str, int]

    @property
    def session(self) -> Session:
        return self.host.session

    @property
    def all(self) -> list[DaySession]:
        return [self.host, *self.joined]

    @property
    def lines(self) -> list[RosterLine]:
        return [line for one in self.all for line in one.lines]

    @property
    def people(self) -> int:
        """How many clients sit in the room; guests are not among them."""
        return sum(one.here for one in self.all)

    @property
    def warnings(self) -> tuple[places.SizeWarning, ...]:
        series = self.session.series
        return places.warnings(
            self.people, capacity=series.capacity, group_min=series.group_min, group_max=series.group_max
        )


def room(session: Session) -> GroupRoom:
    """Everybody in the room of a session, with those of groups that join it; six statements."""
    joined = list(sessions().filter(joins=session).order_by("starts_at", "pk"))
    host, *others = filled([session, *joined])
    counts = dict(GuestCount.objects.filter(session=session).order_by("pk").values_list("kind", "number"))
    return GroupRoom(host, others, {kind: number for kind, number in counts.items() if number})
