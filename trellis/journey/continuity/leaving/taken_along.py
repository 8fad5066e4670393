"""What somebody who leaves takes along: meetings near them and a way back. It names nobody."""

from datetime import datetime
from typing import Any

from trellis.foundation.program import queries as program
from trellis.journey.recovery import presenters as recovery
from trellis.journey.recovery.addresses import finder
from trellis.journey.recovery.queries import choice_of, next_fitting
from trellis.people.clients.models import Client


def taken_along(client: Client, now: datetime) -> dict[str, Any]:
    """For `continuity/_leaving_along.html`; at most seven statements."""
    home, choice = program.zone(), choice_of(client)
    coming = recovery.coming(next_fitting(choice, now, home), now, home, on_paper=True) if choice else []
    return {"meetings": coming, "finder": finder(choice), "program_phone": program.current().program.contact.phone}
