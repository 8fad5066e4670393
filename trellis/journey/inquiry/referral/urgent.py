"""What cannot wait, from what was read: plain values in, plain values out. Facts as they were sent, no judgement."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from trellis.foundation.record.folding import fold

LATELY = timedelta(days=30)
#: stems of words that say that a life was in danger, in English and Spanish
DANGER = ("overdos", "sobredosis", "suicid", "self harm", "self inflicted", "withdrawal", "abstinencia", "poisoning")
#: the lowest score that is called severe
SEVERE = {"PHQ-9": 20, "GAD-7": 15}
MOST = 6


class Kind(StrEnum):
    SAID = "said"
    DANGER = "danger"
    EMERGENCY = "emergency"
    MEDICINE = "medicine"
    ALLERGY = "allergy"
    SCREEN = "screen"


@dataclass(frozen=True)
class Urgent:
    kind: Kind
    words: str
    on: str = ""


def urgent(found: dict[str, Any], today: date) -> list[Urgent]:
    """In the order in which it matters; each thing once, and of each kind a few."""
    typed = (found.get("typed") or {}).get("urgent", "")
    lately = [one for one in found["encounters"] if _is_recent(one["end"] or one["start"], today)]
    parts = (
        [Urgent(Kind.SAID, typed)] if typed else [],
        [Urgent(Kind.DANGER, one["reason"], one["start"] or "") for one in lately if _is_danger(one["reason"])],
        [
            Urgent(Kind.DANGER, one["display"], one["onset"] or "")
            for one in found["diagnoses"]
            if one["active"] and _is_danger(one["display"])
        ],
        [
            Urgent(Kind.EMERGENCY, one["reason"] or "", one["start"] or "")
            for one in lately
            if one["kind"] == "emergency" and not _is_danger(one["reason"])
        ],
        [
            Urgent(Kind.MEDICINE, one["display"] or "")
            for one in found["medications"]
            if one["active"] and one["for_substance_use"]
        ],
        [Urgent(Kind.ALLERGY, one["display"] or "") for one in found["allergies"] if one["criticality"] == "high"],
        [
            Urgent(Kind.SCREEN, f"{one['display']}: {one['value']}", one["on"] or "")
            for one in found["screens"]
            # Of a score without a day nobody can say that it is old.
            if _is_severe(one) and (one["on"] is None or _is_recent(one["on"], today))
        ],
    )
    return [one for part in parts for one in list(dict.fromkeys(part))[:MOST]]


def _is_recent(sent: str | None, today: date) -> bool:
    """Only a whole day says when."""
    try:
        return sent is not None and today - date.fromisoformat(sent) <= LATELY
    except ValueError:
        return False


def _is_danger(words: str | None) -> bool:
    plain = fold(words or "")
    return any(stem in plain for stem in DANGER)


def _is_severe(screen: dict[str, Any]) -> bool:
    value = screen["value"]
    if isinstance(value, str):
        return fold(value) in ("high", "severe", "high risk", "severe risk")
    return bool(value >= SEVERE.get(screen["display"], float("inf")))
