"""What stands in a first plan's form: the meetings that fit what the client chose. Theirs to keep or to strike out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from trellis.journey.recovery.presenters import coming
from trellis.journey.recovery.queries import choice_of, next_fitting
from trellis.people.clients.models import Client


def meetings(client: Client, now: datetime, home: ZoneInfo) -> str:
    """One on each line; empty where they chose nothing. At most seven statements."""
    choice = choice_of(client)
    found = coming(next_fitting(choice, now, home), now, home) if choice else []
    return "\n".join(f"{one.name}, {one.time}, {one.detail}"[:120] for one in found)
