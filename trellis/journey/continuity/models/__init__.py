"""What continuity remembers."""

from trellis.journey.continuity.models.afterwards import AftercarePlan, ContactAgreement, FollowUpDone
from trellis.journey.continuity.models.deciding import Review
from trellis.journey.continuity.models.leaving import (
    Discharge,
    DischargeSummary,
    LetterAnswer,
    LetterRequest,
    TransitionPlan,
    TransitionStep,
)

__all__ = [
    "AftercarePlan",
    "ContactAgreement",
    "Discharge",
    "DischargeSummary",
    "FollowUpDone",
    "LetterAnswer",
    "LetterRequest",
    "Review",
    "TransitionPlan",
    "TransitionStep",
]
