"""The lists that have an address are read again by the worker."""

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.jobs import job, left
from trellis.foundation.places import queries, taking

WORKER = Actor.of_system("worker")
ENOUGH_SECONDS = 60.0  # to fetch and take over one more list


@job(seconds=900, tries=1)
def read_lists() -> None:
    """One list after the other. What went wrong with one stands on its page and keeps none of the others waiting."""
    begun = clock.now()
    for meeting_list in queries.due(begun):
        if left() < ENOUGH_SECONDS:
            return
        try:
            taking.read_again(by=WORKER, meeting_list=meeting_list)
        except Refused:
            continue
