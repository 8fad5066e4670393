"""When a meeting fits into somebody's day; plain values in, plain values out."""

from collections.abc import Iterable
from datetime import datetime, timedelta

#: how long a meeting is taken to last where its list does not say; most last an hour
USUAL_MINUTES = 60

Span = tuple[datetime, datetime]


def is_free(starts: datetime, minutes: int | None, busy: Iterable[Span]) -> bool:
    """In: when a meeting begins (aware), how many minutes it lasts (None: not known), and spans that are taken.

    Out: whether none of them overlaps it. One that ends as the other begins does not. The way between is not counted.
    """
    ends = starts + timedelta(minutes=USUAL_MINUTES if minutes is None else minutes)
    return not any(starts < until and since < ends for since, until in busy)
