"""What the room does by itself: after an upgrade the notice may read otherwise, and is a new version then."""

from trellis.foundation.access.actor import Actor
from trellis.foundation.jobs import job
from trellis.foundation.program import queries as program
from trellis.people.rights.notice.actions import keep_notice

WORKER = Actor.of_system("worker")


@job(seconds=60, tries=2)
def renew_notice() -> None:
    """Before a program is loaded there is nothing to say."""
    try:
        blueprint = program.current()
    except program.NoBlueprint:
        return
    keep_notice(WORKER, None, blueprint)
