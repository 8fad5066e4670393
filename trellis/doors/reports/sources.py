"""What continuity remembers of the time after a stay."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Exists, Min, OuterRef, Q

from trellis.doors.reports.rules import FollowUp, Onward
from trellis.foundation.program import queries as program
from trellis.journey.continuity.aftercare.blueprint import days_of
from trellis.journey.continuity.models import ContactAgreement, FollowUpDone, TransitionPlan, TransitionStep

#: days after a stay on which a follow-up may be due
FOLLOW_UP_DAYS = (7, 14, 30, 90, 180, 365)
#: we spoke with them, whether or not they wanted to talk
SPOKEN = (FollowUpDone.Outcome.REACHED, FollowUpDone.Outcome.DECLINED)
#: the key of a stay that ended → whose it was, and when it ended
Ended = Mapping[int, tuple[int, date]]


def onward(stays: Collection[int]) -> Mapping[int, Onward]:
    """By the key of the stay that ended: whether a place was agreed, and the first arrival; one statement."""
    withdrawn = TransitionStep.objects.filter(plan=OuterRef("pk"), kind=TransitionStep.Kind.WITHDRAWN)
    arrived = Min("steps__on", filter=Q(steps__kind=TransitionStep.Kind.ARRIVED))
    plans = TransitionPlan.objects.filter(episode__in=stays).filter(~Exists(withdrawn)).annotate(arrived=arrived)
    found: dict[int, Onward] = {}
    for stay, day in plans.values_list("episode_id", "arrived"):
        before = found.get(stay, Onward()).arrived
        found[stay] = Onward(place_agreed=True, arrived=min(filter(None, (before, day)), default=None))
    return found


def follow_ups(ended: Ended) -> Mapping[tuple[int, int], FollowUp]:
    """By the key of the stay that ended and the number of days after it; two statements."""
    done = FollowUpDone.objects.filter(episode__in=ended, outcome__in=SPOKEN).order_by("-on")  # the first one stays
    reached = {(stay, day): on for stay, day, on in done.values_list("episode_id", "day", "on")}
    rows = ContactAgreement.objects.filter(client__in={client for client, _closed in ended.values()}).order_by("id")
    said: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    for client, at, yes in rows.values_list("client_id", "at", "yes"):
        said[client].append((at.astimezone(program.zone()).date(), yes))
    return {
        (stay, day): FollowUp(reached.get((stay, day)), tuple(said[client]))
        for stay, (client, _closed) in ended.items()
        for day in FOLLOW_UP_DAYS
    }


def follow_up_days() -> Collection[int]:
    """Those of the blueprint."""
    return days_of()
