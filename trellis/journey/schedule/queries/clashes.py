"""What else happens at the time of a session: shown before somebody moves it or looks for another room or leader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import F

from trellis.journey.schedule.models import Booking, Session, SessionChange
from trellis.journey.schedule.roster import enrollments_in
from trellis.people.accounts.models import Account


class Clash(NamedTuple):
    """A client of the session who has another group at that time. Nothing forbids it."""

    client_id: int
    public_id: str
    name: str
    group: Mapping[str, str]
    starts_at: datetime

    @property
    def audit_subjects(self) -> tuple[str]:
        return (f"client:{self.client_id}",)


def clashes(session: Session, starts_at: datetime, ends_at: datetime) -> list[Clash]:
    """Clients of a session with another session between two instants, by name; one statement."""
    own = enrollments_in([session.pk]).values("episode__client")
    others = Session.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exclude(pk=session.pk)
    rows = enrollments_in(others.exclude(status="cancelled")).filter(episode__client__in=own)
    columns = (
        "episode__client", "episode__client__public_id", "episode__client__chosen_name", "series__names",
        "series__sessions__starts_at",
    )  # fmt: skip
    return [Clash(*row) for row in rows.order_by("episode__client__search_name", "pk").values_list(*columns)]


@dataclass(frozen=True)
class Taken:
    """Which group holds a room, or a member of staff, at that time."""

    rooms: dict[int, Mapping[str, str]] = field(default_factory=dict)
    staff: dict[int, Mapping[str, str]] = field(default_factory=dict)


def taken_beside(session: Session) -> Taken:
    """Rooms and people that other sessions hold at the time of this one; one statement."""
    found = Taken()
    rows = Booking.objects.filter(released=False, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
    for room, member, names in rows.exclude(session=session).values_list(
        "room_id", "staff_member_id", F("session__series__names")
    ):
        if room is not None:
            found.rooms[room] = names
        else:
            found.staff[member] = names
    return found


def who_changed(changes: Iterable[SessionChange]) -> dict[str, str]:
    """The names behind `account:7`; one statement."""
    keys = {int(change.by.partition(":")[2]) for change in changes if change.by.startswith("account:")}
    named = Account.objects.filter(pk__in=keys).values_list("pk", "chosen_name")
    return {f"account:{key}": name for key, name in named}
