"""Forms for tests, from the rules file itself and never from the code that reads it."""

from json import loads
from typing import Any

from hypothesis import strategies as st

from trellis.foundation import clock
from trellis.foundation.record.guard import writing
from trellis.journey.measures.library import FOLDER, instruments
from trellis.journey.measures.models import Administration
from trellis.journey.measures.rules import Result, score
from trellis.people.clients.models import Client

RULES: dict[str, dict[str, Any]] = loads((FOLDER / "scoring-rules.json").read_text(encoding="utf-8"))["instruments"]


def scored(name: str, answers: dict[str, Any], sex: str | None = None) -> Result:
    return score(instruments()[name], answers, sex)


def items(name: str) -> list[str]:
    rules = RULES[name]
    return [
        *rules["required"],
        *rules["optional"],
        *(item for group in rules.get("required_any", []) for item in group),
    ]


def values(name: str, item: str) -> list[int]:
    found = RULES[name]["values"]
    allowed = found["by_item"].get(item, found["default"])
    return list(range(allowed["integer"][0], allowed["integer"][1] + 1)) if isinstance(allowed, dict) else allowed


def form(name: str, *answers: int, first: int = 1) -> dict[str, int]:
    """Answers to the required items of an instrument, in their order, from number `first` on."""
    return dict(zip(RULES[name]["required"][first - 1 :], answers, strict=False))


def every(name: str, chosen: Any) -> dict[str, int]:
    """Every item answered by `chosen(values)`: min or max."""
    return {item: chosen(values(name, item)) for item in items(name)}


def forms(name: str, *, whole: bool = False) -> st.SearchStrategy[dict[str, int]]:
    """Any valid answers; `whole`: to every item."""
    each = {item: st.sampled_from(values(name, item)) for item in items(name)}
    return st.fixed_dictionaries(each) if whole else st.fixed_dictionaries({}, optional=each)


def given_to(client: Client, *, way: str, instrument: str = "phq-9") -> Administration:
    """A form that was begun today, and nothing is answered."""
    with writing("factory"):
        return Administration.objects.create(
            client=client, instrument=instrument, version="1.0.0", language="en", way=way, occasion="asked",
            on=clock.now().date(), at=clock.now(), by="account:1",
        )  # fmt: skip
