"""What can be done with the instruments; the only writers of this room."""

from trellis.journey.measures.actions import on_tablet
from trellis.journey.measures.actions.asking import (
    NOT_AN_ANSWER,
    NOT_SILENT,
    WrongDay,
    answer,
    begin,
    finish,
    keep_answers,
)

__all__ = ["NOT_AN_ANSWER", "NOT_SILENT", "WrongDay", "answer", "begin", "finish", "keep_answers", "on_tablet"]
