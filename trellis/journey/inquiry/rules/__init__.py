"""What is true about inquiries: no database, no clock, no request."""

from trellis.journey.inquiry.rules.likeness import (
    AGAIN,
    Likeness,
    Reason,
    Sketch,
    digits,
    duplicates,
    fold,
    names_alike,
    same_within_ten_minutes,
)
from trellis.journey.inquiry.rules.promise import (
    NeverOpen,
    Opening,
    PromiseParts,
    is_overdue,
    next_try,
    open_spans,
    promise_parts,
    respond_by,
)
from trellis.journey.inquiry.rules.way import STAGES, Stage, Walk, funnel

__all__ = [
    "AGAIN",
    "STAGES",
    "Likeness",
    "NeverOpen",
    "Opening",
    "PromiseParts",
    "Reason",
    "Sketch",
    "Stage",
    "Walk",
    "digits",
    "duplicates",
    "fold",
    "funnel",
    "is_overdue",
    "names_alike",
    "next_try",
    "open_spans",
    "promise_parts",
    "respond_by",
    "same_within_ten_minutes",
]
