"""What stands in a first plan's form: the meetings that fit what the client chose. Theirs to keep or to strike out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import override

from trellis.journey.recovery.presenters import every_week
from trellis.journey.recovery.queries import choice_of, next_fitting
from trellis.people.clients.models import Client


def meetings(client: Client, now: datetime, home: ZoneInfo) -> str:
    """One on each line, in their language; empty where they chose nothing. At most seven statements."""
    choice = choice_of(client)
    with override(client.language):
        found = every_week(next_fitting(choice, now, home), home) if choice else []
    return "\n".join(line[:120] for line in found)
