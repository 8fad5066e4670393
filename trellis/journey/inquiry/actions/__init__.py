"""What can be done with an inquiry; the only writer of this room."""

from trellis.journey.inquiry.actions.answering import (
    claim,
    close,
    decline,
    end_for_death,
    hold_joined,
    log_attempt,
    mark_converted,
    mark_duplicate,
    name_client,
    refer_elsewhere,
    reopen,
)
from trellis.journey.inquiry.actions.asking import MAIL_KIND, receive, take_by_phone

__all__ = [
    "MAIL_KIND",
    "claim",
    "close",
    "decline",
    "end_for_death",
    "hold_joined",
    "log_attempt",
    "mark_converted",
    "mark_duplicate",
    "name_client",
    "receive",
    "refer_elsewhere",
    "reopen",
    "take_by_phone",
]
