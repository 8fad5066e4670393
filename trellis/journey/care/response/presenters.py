"""What the team answered, as pages print it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trellis.foundation.record import crypto
from trellis.journey.care.models import TeamResponse
from trellis.journey.care.response.causes import names
from trellis.journey.measures import presenters as measures


@dataclass(frozen=True)
class Answered:
    on: date
    due_on: date
    measure: str
    causes: str
    words: str


def answered(rows: Sequence[TeamResponse]) -> list[Answered]:
    return [
        Answered(
            row.on, row.due_on, str(measures.name(row.instrument)), ", ".join(map(str, names(row.causes))),
            crypto.unseal(row.words_sealed),
        )
        for row in rows
    ]  # fmt: skip
