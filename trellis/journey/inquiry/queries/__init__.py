"""What can be asked about inquiries. Each takes a fixed number of statements, however many rows there are."""

from trellis.journey.inquiry.queries.board import PAGE, TABS, Board, board, here_before, to_call_count
from trellis.journey.inquiry.queries.one import alike, attempts_of, changes_of, inquiries, merged_into
from trellis.journey.inquiry.queries.promises import Hours, hours
from trellis.journey.inquiry.queries.way import walks

__all__ = [
    "PAGE",
    "TABS",
    "Board",
    "Hours",
    "alike",
    "attempts_of",
    "board",
    "changes_of",
    "here_before",
    "hours",
    "inquiries",
    "merged_into",
    "to_call_count",
    "walks",
]
