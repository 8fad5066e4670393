"""What of a form does not wait: it is said after each answer, whether the form is whole or not."""

from collections.abc import Iterator
from typing import Any

from trellis.journey.measures.rules.instrument import Instrument
from trellis.journey.measures.rules.scoring import Result

#: that nobody answered it is known when the form is finished, not while somebody is at it
MISSING = "safety_item_missing"
#: before the level of risk: `suicide_risk_high`
RISK = "suicide_risk_"
NO_RISK = "none"


def asks_about_safety(instrument: Instrument) -> bool:
    return any(flag.get("safety") for flag in instrument.flags)


def safety_items(instrument: Instrument) -> frozenset[str]:
    """Questions of which an answer above zero is about safety."""
    rules = [*instrument.flags, instrument.severity or {}]
    return frozenset(_items([rule for rule in rules if rule.get("safety")]))


def _items(part: Any) -> Iterator[str]:
    """All that a rule compares, however deep."""
    if isinstance(part, dict):
        yield from [part["item"]] if "item" in part else _items(list(part.values()))
    elif isinstance(part, list):
        for one in part:
            yield from _items(one)


def safety_flags(instrument: Instrument, result: Result, *, finished: bool) -> tuple[str, ...]:
    """The codes of the scoring rules that are about safety, and the level of risk where the instrument has one."""
    safe = {flag["code"] for flag in instrument.flags if flag.get("safety")}
    found = {code for code in result.flags if code in safe and (finished or code != MISSING)}
    if (instrument.severity or {}).get("safety") and result.severity not in (None, NO_RISK):
        found.add(f"{RISK}{result.severity}")
    return tuple(sorted(found))
