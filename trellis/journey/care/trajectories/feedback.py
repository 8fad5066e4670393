"""What the person themselves is told of one number: whether it changed, and whether that can be chance. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from trellis.journey.care.trajectories.rules import Compared, Scale, Value, compared, trend
from trellis.journey.measures.rules import Instrument


class Feedback(StrEnum):
    """`real`: more than chance by what was published; `felt`: enough to be felt, and may be chance."""

    BETTER_REAL = "better_real"
    BETTER_FELT = "better_felt"
    SAME = "same"
    HARDER_FELT = "harder_felt"
    HARDER_REAL = "harder_real"
    #: nobody published what a difference means: the last three beside those before
    TREND_BETTER = "trend_better"
    TREND_SAME = "trend_same"
    TREND_HARDER = "trend_harder"


_TRENDS = {"better": Feedback.TREND_BETTER, "steady": Feedback.TREND_SAME, "worse": Feedback.TREND_HARDER}


def feedback(instrument: Instrument, points: Sequence[Value], scale: Scale) -> Feedback | None:
    """None for too few forms to say anything. Oldest first."""
    found = compared(instrument, points, scale)
    if found is None:
        return None
    if found.change is None:
        return _TRENDS.get(trend(points, scale))
    return _published(found)


def _published(found: Compared) -> Feedback:
    """Less is better in every instrument that has a published change."""
    assert found.change is not None
    if found.change.reliable != "none":
        return Feedback.BETTER_REAL if found.change.reliable == "improved" else Feedback.HARDER_REAL
    if found.change.meaningful:
        return Feedback.BETTER_FELT if found.delta < 0 else Feedback.HARDER_FELT
    return Feedback.SAME
