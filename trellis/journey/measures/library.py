"""The instruments that Trellis knows. Wording and numbers are facts: only an official form corrects them."""

from functools import cache
from json import loads
from pathlib import Path

from trellis.journey.measures.rules import Instrument
from trellis.journey.measures.rules.forms import Form
from trellis.journey.measures.rules.limits import asking_the_limit, differs_by_sex

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


@cache
def forms() -> dict[str, Form]:
    """Those whose wording we may show; of the others only the rules are here."""
    found = (loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "forms").glob("*.json")))
    return {one["id"]: _asked(Form.read(one)) for one in found if one["status"] == "active"}


def _asked(form: Form) -> Form:
    return asking_the_limit(form) if differs_by_sex(instruments()[form.key]) else form


def form(key: str) -> Form:
    """KeyError where there is no such form."""
    return forms()[key]
