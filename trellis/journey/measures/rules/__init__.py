"""How an instrument is scored, and how two totals compare: pure, after the instrument's own rules."""

from trellis.journey.measures.rules.changing import Change, NoChangeRule, change
from trellis.journey.measures.rules.instrument import Instrument
from trellis.journey.measures.rules.scoring import Result, Status, score

__all__ = ["Change", "Instrument", "NoChangeRule", "Result", "Status", "change", "score"]
