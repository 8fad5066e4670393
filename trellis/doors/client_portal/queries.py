"""What the portal asks beyond the week: what the client told us, who would call, and who looked."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from trellis.doors.client_portal.openings import Opening, hand, is_list
from trellis.foundation.audit import trail
from trellis.journey.schedule.models import AbsenceNotice, Arrival, Session
from trellis.people.clients.models import CareAssignment, Client
from trellis.people.clients.states import OPEN


def told(client: Client, session: Session) -> AbsenceNotice | None:
    """The newest thing that the client told us about a session and did not take back."""
    standing = AbsenceNotice.objects.filter(client=client, session=session, undo__isnull=True)
    return standing.order_by("-id").first()


def arrived(client: Client, session: Session) -> Arrival | None:
    """The desk saw them come in, and did not take it back."""
    newest = Arrival.objects.filter(client=client, session=session).order_by("-id").first()
    return None if newest is None or newest.gone else newest


def caller(client: Client) -> str:
    """The first name of whoever on the care team has known the client longest; empty: nobody is on it."""
    team = CareAssignment.objects.filter(episode__client=client, episode__status=OPEN, until__isnull=True)
    first = team.select_related("staff_member__account").order_by("since", "id").first()
    return first.staff_member.first_name if first else ""


def openings(client: Client, subjects: Sequence[str], since: datetime, until: datetime) -> Iterator[Opening]:
    for event in trail.about(*subjects, since=since, until=until):
        who = hand(event.actor, event.roles, client.account_id)
        yield Opening(event.at, who, event.verb, is_list(event.subjects, subjects))


def first_opening(subjects: Sequence[str]) -> datetime | None:
    return trail.first_about(*subjects)
