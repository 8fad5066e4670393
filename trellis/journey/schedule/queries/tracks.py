"""Tracks as the page of the week asks about them."""

from collections import defaultdict
from collections.abc import Iterable

from trellis.journey.schedule.models import Track


def tracks_of(series: Iterable[int]) -> dict[int, set[str]]:
    """The keys of the tracks that each series belongs to; one statement."""
    found: dict[int, set[str]] = defaultdict(set)
    for key, track in Track.objects.filter(series__in=set(series)).values_list("series__pk", "key"):
        found[key].add(track)
    return found
