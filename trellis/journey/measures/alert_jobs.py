"""What alerts do by themselves: one that nobody takes on reaches the next ones. No screen waits for it."""

from trellis.foundation.access.actor import Actor
from trellis.foundation.jobs import job
from trellis.journey.measures import alert_queries as queries
from trellis.journey.measures.actions import alerts as actions

WORKER = Actor.of_system("worker")


@job(seconds=60, tries=1)
def climb_alerts() -> None:
    for alert in queries.waiting_alerts().select_related("client"):
        if actions.climbs(alert):
            actions.climb(by=WORKER, alert=alert)
