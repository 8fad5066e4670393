"""The instruments that Trellis knows. Wording and numbers are facts: only an official form corrects them."""

from functools import cache
from json import loads
from pathlib import Path

from trellis.journey.measures.rules import Instrument

FOLDER = Path(__file__).parent / "instruments"


@cache
def instruments() -> dict[str, Instrument]:
    rules = loads((FOLDER / "scoring-rules.json").read_text(encoding="utf-8"))["instruments"]
    return {name: Instrument.read(name, one) for name, one in rules.items()}


@cache
def subscore_ranges(name: str) -> dict[str, tuple[int, int]]:
    """The ends of each subscore's scale, where the rules say them."""
    rules = loads((FOLDER / "scoring-rules.json").read_text(encoding="utf-8"))["instruments"][name]
    return {key: (low, high) for key, (low, high) in rules.get("subscore_ranges", {}).items()}
