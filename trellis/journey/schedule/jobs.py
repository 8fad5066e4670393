"""What the week does by itself: sessions ahead of time, and those that are over called held."""

from trellis.foundation.access.actor import Actor
from trellis.foundation.jobs import job
from trellis.foundation.program.queries import NoBlueprint
from trellis.journey.schedule.actions.generate import generate_sessions
from trellis.journey.schedule.actions.sessions import hold_past_sessions

WORKER = Actor.of_system("worker")


@job(seconds=300, tries=2)
def make_sessions_ahead() -> None:
    """As far as the blueprint says; before one is loaded there is nothing to make."""
    try:
        generate_sessions(by=WORKER)
    except NoBlueprint:
        return


@job(seconds=300, tries=2)
def hold_what_is_over() -> None:
    hold_past_sessions(by=WORKER)
