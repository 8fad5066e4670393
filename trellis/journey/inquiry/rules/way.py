"""The way from asking for help to the first session, and where people were lost on it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

#: in walking order; the first three are this room's, later rooms fill in the others
STAGES = ("asked", "reached", "assessed", "admitted", "first_session")


@dataclass(frozen=True)
class Walk:
    """One inquiry: when it came to each stage, and how it ended without going on ("" while it goes on)."""

    reached: Mapping[str, datetime]
    ended: str = ""


@dataclass(frozen=True)
class Stage:
    name: str
    people: int
    #: of those who came to the stage before, one of 100
    percent: int | None
    #: from asking for help to here, and from the stage before to here
    since_asked: timedelta | None
    since_before: timedelta | None
    #: went no further than here: ended (by ending), or still under way
    lost: Mapping[str, int]
    waiting: int


def funnel(walks: Sequence[Walk], stages: Sequence[str] = STAGES) -> list[Stage]:
    """What happened to `walks`, stage by stage.

    Who came to a later stage came to the earlier ones too, whether or not somebody wrote it down; times are taken only
    from what was written down. `stages` starts with "asked", which every walk has.
    """
    furthest = [max((n for n, name in enumerate(stages) if name in walk.reached), default=0) for walk in walks]
    return [_stage(walks, furthest, stages, n) for n in range(len(stages))]


def _stage(walks: Sequence[Walk], furthest: Sequence[int], stages: Sequence[str], n: int) -> Stage:
    people = sum(far >= n for far in furthest)
    before = sum(far >= n - 1 for far in furthest)
    stopped = [walk for walk, far in zip(walks, furthest, strict=True) if far == n]
    last = n == len(stages) - 1
    return Stage(
        name=stages[n],
        people=people,
        percent=round(100 * people / before) if n and before else None,
        since_asked=_median(walks, stages[0], stages[n]) if n else None,
        since_before=_median(walks, stages[n - 1], stages[n]) if n else None,
        lost={} if last else dict(Counter(walk.ended for walk in stopped if walk.ended).most_common()),
        waiting=0 if last else sum(not walk.ended for walk in stopped),
    )


def _median(walks: Sequence[Walk], start: str, end: str) -> timedelta | None:
    spans = [walk.reached[end] - walk.reached[start] for walk in walks if start in walk.reached and end in walk.reached]
    return timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None
