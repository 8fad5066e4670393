"""Whether two totals of one instrument differ by more than chance, where somebody published how to tell."""

from dataclasses import dataclass
from typing import Literal

from trellis.journey.measures.rules.instrument import Instrument

Reliable = Literal["improved", "none", "worsened"]


class NoChangeRule(LookupError):
    """No value of change is published for this instrument: show its trend."""


@dataclass(frozen=True)
class Change:
    """`response` and `target` are None where the instrument has no such rule, or a baseline of 0 says nothing."""

    delta: float
    meaningful: bool
    reliable: Reliable
    response: bool | None
    target: bool | None


def change(instrument: Instrument, baseline: float, current: float) -> Change:
    """Two totals in points; less is better in every instrument that has the rule. Raises NoChangeRule.

    Source of the values: `instruments/scoring-rules.json`, key `change` of the instrument.
    """
    rule = instrument.change
    if rule is None:
        raise NoChangeRule(instrument.name)
    delta = current - baseline
    response, target = rule["response"], rule["target"]
    return Change(
        delta=delta,
        meaningful=abs(delta) >= rule["meaningful"],
        reliable="none" if abs(delta) < rule["reliable"] else "improved" if delta < 0 else "worsened",
        response=None if response is None or baseline == 0 else current <= baseline * response,
        target=None if target is None else current <= target,
    )
