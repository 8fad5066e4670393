"""Which answers of the history do not wait, and when one is said anew. Plain values in, plain values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from trellis.journey.admission.history.rules.answers import ANSWERED, Row, Said, Standing
from trellis.journey.measures.rules.alerts import HISTORY as SOURCE
from trellis.journey.measures.rules.alerts import seriousness

__all__ = ["SOURCE", "Safety", "alarm", "lately", "said_today"]


@dataclass(frozen=True)
class Safety:
    """`lately`: for so many days an answer is one of now. `alerts`: answer → what it means."""

    lately: int
    alerts: Mapping[str, str]

    def meaning(self, said: Said) -> str:
        """Empty: it says nothing that does not wait."""
        return self.alerts.get(said.value, "") if said.state == ANSWERED else ""

    def is_recent(self, on: date, today: date) -> bool:
        return (today - on).days <= self.lately


def lately(found: Mapping[str, Standing], asked: Mapping[str, Safety], today: date) -> dict[str, Standing]:
    """Without answers about safety that were said too long ago to be answers of now: those are asked afresh."""
    return {
        key: stands
        for key, stands in found.items()
        if key not in asked or asked[key].is_recent(stands.now.on, today)
    }  # fmt: skip


def alarm(safety: Safety | None, said: Said, before: Iterable[Row]) -> str:
    """What a new answer means; empty where it can wait, and where the same speaker said as much lately.

    `before`: what the same speaker said to this question lately, newest first.
    """
    meaning = safety.meaning(said) if safety else ""
    last = next(iter(before), None)
    known = safety.meaning(last.said) if safety and last else ""
    return meaning if seriousness(SOURCE, [meaning]) > seriousness(SOURCE, [known]) else ""


def said_today(found: Mapping[str, Standing], asked: Mapping[str, Safety], keys: Iterable[str], today: date) -> bool:
    """Whether one of these was answered today with something that does not wait."""
    return any(
        found[key].now.on == today and bool(asked[key].meaning(found[key].now.said))
        for key in keys
        if key in asked and key in found
    )
