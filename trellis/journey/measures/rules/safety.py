"""What of a form does not wait: it is said after each answer, whether the form is whole or not."""

from trellis.journey.measures.rules.instrument import Instrument
from trellis.journey.measures.rules.scoring import Result

#: that nobody answered it is known when the form is finished, not while somebody is at it
MISSING = "safety_item_missing"
#: before the level of risk: `suicide_risk_high`
RISK = "suicide_risk_"
NO_RISK = "none"


def asks_about_safety(instrument: Instrument) -> bool:
    return any(flag.get("safety") for flag in instrument.flags)


def safety_flags(instrument: Instrument, result: Result, *, finished: bool) -> tuple[str, ...]:
    """The codes of the scoring rules that are about safety, and the level of risk where the instrument has one."""
    safe = {flag["code"] for flag in instrument.flags if flag.get("safety")}
    found = {code for code in result.flags if code in safe and (finished or code != MISSING)}
    if (instrument.severity or {}).get("safety") and result.severity not in (None, NO_RISK):
        found.add(f"{RISK}{result.severity}")
    return tuple(sorted(found))
