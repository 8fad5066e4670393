"""What can be asked about a client's meetings."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from trellis.foundation.places import finding
from trellis.foundation.places.finding import Line, Offer
from trellis.journey.recovery.models import MeetingChoice
from trellis.journey.recovery.rules import is_free
from trellis.journey.recovery.wishes import wish_of
from trellis.journey.schedule.queries import coming_sessions
from trellis.people.clients.models import Client

ON_TODAY = 2
#: looked at until two are found that leave the client's own groups alone
LOOKED_AT = 20
AHEAD = timedelta(days=8)


def choice_of(client: Client) -> MeetingChoice | None:
    """What they chose; None: nothing yet."""
    choice = MeetingChoice.objects.filter(client=client).first()
    if choice is not None:
        choice.client = client  # known already: nobody asks for it again
    return choice


def next_fitting(choice: MeetingChoice, now: datetime, home: ZoneInfo) -> list[Line]:
    """The next two that fit what they chose and their own sessions, in at most six statements.

    `home` is the program's zone. One that has begun is left out: it would be over before they are there.
    """
    found = finding.find(wish_of(choice), now, home, most=LOOKED_AT).lines
    sessions = coming_sessions(choice.client, now).filter(starts_at__lt=now + AHEAD)
    busy = list(sessions.values_list("starts_at", "ends_at")) if found else []
    ahead = [line for line in found if line.starts and line.starts >= now]
    return [line for line in ahead if line.starts and is_free(line.starts, line.meeting.duration_minutes, busy)][
        :ON_TODAY
    ]


def offered() -> Offer:
    """Kinds and languages that some list has."""
    return finding.offer()
