"""What follow-ups do by themselves: a message that a few questions wait, once for each, to whoever wants it."""

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.jobs import job
from trellis.foundation.program import queries as program
from trellis.journey.continuity.aftercare import actions, queries

WORKER = Actor.of_system("worker")
#: between these hours of the program's day
OPENS, CLOSES = 9, 19


@job(seconds=60, tries=1)
def remind_of_follow_ups() -> None:
    try:
        zone = program.zone()
    except program.NoBlueprint:
        return
    now = clock.now().astimezone(zone)
    if not OPENS <= now.hour < CLOSES:
        return
    for client, day in queries.to_remind(now.date()):
        actions.remind(by=WORKER, client=client, day=day)
