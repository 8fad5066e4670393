"""People of a session, as its pages find them."""

from django.db.models import Value

from trellis.journey.schedule.models import Enrollment, PrescribedHours, RosterAddition, Session
from trellis.journey.schedule.roster import enrollments_in
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.queries import clients_in_program
from trellis.people.clients.rules import fold

MOST_FOUND = 8
LEAST_LETTERS = 2


def client_on(session: Session, public_id: str) -> Client | None:
    """The client of a roster line; one statement, and the actions do not ask again whether they belong there."""
    enrolled = enrollments_in([session.pk]).values("episode__client")
    added = RosterAddition.objects.filter(session=session).values("client")
    rows = Client.objects.filter(public_id=public_id, pk__in=enrolled.union(added))
    return rows.annotate(on_roster_of=Value(session.pk)).first()


def clients_on(session: Session, public_ids: list[str]) -> dict[str, Client]:
    """Several at once, by public id; who does not belong to the session is left out."""
    enrolled = enrollments_in([session.pk]).values("episode__client")
    added = RosterAddition.objects.filter(session=session).values("client")
    rows = Client.objects.filter(public_id__in=public_ids, pk__in=enrolled.union(added))
    return {client.public_id: client for client in rows.annotate(on_roster_of=Value(session.pk))}


def to_add(session: Session, text: str) -> list[Client]:
    """People in the program by a part of their name, without those who are in the session already."""
    wanted = fold(text)
    if len(wanted) < LEAST_LETTERS:
        return []
    enrolled = enrollments_in([session.pk]).values("episode__client")
    added = RosterAddition.objects.filter(session=session).values("client")
    rows = clients_in_program().filter(search_name__contains=wanted).exclude(pk__in=enrolled.union(added))
    return list(rows[:MOST_FOUND])


def enrollments_of(episode: Episode) -> list[Enrollment]:
    """Every enrollment of a stay with its group and track, newest first; one statement."""
    rows = Enrollment.objects.filter(episode=episode).select_related("series", "track")
    return list(rows.order_by("-since", "series__weekday", "series__start", "pk"))


def prescribed(client: Client) -> list[PrescribedHours]:
    """Every order, newest first; one statement."""
    return list(client.prescribed_hours.select_related("ordered_by__account").order_by("-since", "-pk"))
