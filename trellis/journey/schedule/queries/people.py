"""People of a session, as its pages find them."""

from datetime import date, tzinfo
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from trellis.foundation.record.prepared import Prepared
from trellis.journey.schedule.models import (
    AbsenceNotice,
    Attendance,
    CallOutcome,
    Enrollment,
    Leave,
    PrescribedHours,
    RosterAddition,
    Session,
    Track,
)
from trellis.journey.schedule.queries.day import GroupRoom
from trellis.journey.schedule.queries.sessions import sessions
from trellis.journey.schedule.roster import enrollments_in
from trellis.journey.schedule.states import SEATED, SETTLES, Mark, NoticeKind
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.queries import clients_in_program
from trellis.people.clients.rules import fold

#: of the marks of one person in one session, the one that stands: the newest, unless it was taken back
_HOLDS = Q(undo__isnull=True) & ~Exists(
    Attendance.objects.filter(pk__gt=OuterRef("pk"), session=OuterRef("session"), client=OuterRef("client"))
)
MOST_FOUND = 8
LEAST_LETTERS = 2


def client_on(session: Session, public_id: str) -> Client | None:
    """The client of a roster line, with `marks_here`; the actions then do not ask again whether they belong there."""
    found: Client | None = _ask_client_on.first(session.pk, public_id)
    return found


@Prepared
def _ask_client_on(session: int, public_id: str) -> "QuerySet[Client]":
    marks = Attendance.objects.filter(session=session, client=OuterRef("pk")).order_by().values("client")
    counted = Coalesce(Subquery(marks.annotate(number=Count("pk")).values("number")), 0)
    rows = Client.objects.filter(public_id=public_id, pk__in=_belonging_to(session))
    return rows.annotate(on_roster_of=Value(session), marks_here=counted)


def _belonging_to(session: int) -> "QuerySet[Any, Any]":
    """Keys of the clients who are enrolled in the session or were added to it."""
    added = RosterAddition.objects.filter(session=session).values("client")
    return enrollments_in([session]).values("episode__client").union(added)


def clients_on(session: Session, public_ids: list[str]) -> dict[str, Client]:
    """Several at once, by public id; who does not belong to the session is left out."""
    return {client.public_id: client for client in _ask_clients_on(session.pk, public_ids)}


@Prepared
def _ask_clients_on(session: int, public_ids: list[str]) -> "QuerySet[Client]":
    rows = Client.objects.filter(public_id__in=public_ids, pk__in=_belonging_to(session))
    return rows.annotate(on_roster_of=Value(session))


def to_add(session: Session, text: str) -> list[Client]:
    """People in the program by a part of their name, without those who are in the session already."""
    wanted = fold(text)
    if len(wanted) < LEAST_LETTERS:
        return []
    rows = clients_in_program().filter(search_name__contains=wanted).exclude(pk__in=_belonging_to(session.pk))
    return list(rows[:MOST_FOUND])


def clients_in(room: GroupRoom) -> list[Client]:
    """Everybody of a room as clients, by name; one statement."""
    keys = {line.client_id for line in room.lines}
    return list(Client.objects.filter(pk__in=keys).order_by("search_name", "pk"))


def may_join(session: Session) -> "QuerySet[Session]":
    """Groups that meet at the same time and could sit with this one for the night."""
    rows = sessions().filter(
        starts_at__lt=session.ends_at, ends_at__gt=session.starts_at, joins=None, series__personal=False
    )
    return rows.exclude(pk=session.pk).exclude(status="cancelled").order_by("starts_at", "pk")


def enrollments_of(episode: Episode) -> list[Enrollment]:
    """Every enrollment of a stay with its group and track, newest first; one statement."""
    rows = Enrollment.objects.filter(episode=episode).select_related("series", "track")
    return list(rows.order_by("-since", "series__weekday", "series__start", "pk"))


def track_of(episode: Episode, day: date) -> Track | None:
    """The track that a stay belongs to on a day or, before its first day, will belong to; one statement."""
    rows = Enrollment.objects.filter(Q(until__isnull=True) | Q(until__gte=day), episode=episode, track__isnull=False)
    row = rows.select_related("track").order_by("-since", "pk").first()
    return row.track if row else None


def leaves_of(client: Client) -> list[Leave]:
    """Every leave, newest first; one statement."""
    return list(client.leaves.order_by("-since", "-pk"))


def away_now(client: Client, day: date) -> Leave | None:
    """A leave that has begun and whose end is not known; one statement."""
    return client.leaves.filter(since__lte=day, until__isnull=True).order_by("-since", "-pk").first()


def last_seated_on(client: Client, zone: tzinfo) -> date | None:
    """The last day on which the client sat in a group; one statement."""
    marks = client.attendances.filter(state__in=SEATED).filter(_HOLDS)
    last = marks.order_by("-session__starts_at").values_list("session__starts_at", flat=True).first()
    return last.astimezone(zone).date() if last else None


def owed_to(client: Client) -> list[Attendance]:
    """Absences without word whose call nobody has settled yet, whatever their day; one statement."""
    here = {"session": OuterRef("session"), "client": client}
    return list(
        client.attendances.filter(
            ~Exists(AbsenceNotice.objects.filter(kind=NoticeKind.CANNOT_COME, undo__isnull=True, **here)),
            ~Exists(CallOutcome.objects.filter(result__in=SETTLES, **here)),
            _HOLDS,
            state=Mark.ABSENT,
        )
        .select_related("session")
        .order_by("pk")
    )


def prescribed(client: Client) -> list[PrescribedHours]:
    """Every order, newest first; one statement."""
    return list(client.prescribed_hours.select_related("ordered_by__account").order_by("-since", "-pk"))
