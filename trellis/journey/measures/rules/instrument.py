"""The scoring rules of one instrument, as `instruments/scoring-rules.json` has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

Rules = Mapping[str, Any]


@dataclass(frozen=True)
class Allowed:
    """What may stand for an answer: a few numbers, or every whole number of a range."""

    numbers: frozenset[float] = frozenset()
    whole: tuple[int, int] | None = None

    @classmethod
    def read(cls, value: list[float] | Mapping[str, list[int]] | None) -> Self:
        if isinstance(value, Mapping):
            low, high = value["integer"]
            return cls(whole=(low, high))
        return cls(frozenset(value or ()))

    def __contains__(self, answer: object) -> bool:
        """A JSON number among those allowed: 2.0 is 2; true and "2" are no numbers."""
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            return False
        if self.whole is None:
            return answer in self.numbers
        low, high = self.whole
        return low <= answer <= high and answer == int(answer)


@dataclass(frozen=True)
class Instrument:
    name: str
    allowed: Mapping[str, Allowed]
    required: tuple[str, ...]
    #: of each group one answer is enough
    required_any: tuple[tuple[str, ...], ...]
    skips: tuple[Rules, ...]
    recode: Mapping[str, Mapping[str, int]]
    total: Rules | None
    subscores: Mapping[str, tuple[str, ...]]
    severity: Rules | None
    flags: tuple[Rules, ...]
    change: Rules | None

    @classmethod
    def read(cls, name: str, rules: Rules) -> Self:
        groups = tuple(map(tuple, rules.get("required_any", ())))
        items = [*rules["required"], *rules["optional"], *(item for group in groups for item in group)]
        values = rules["values"]
        return cls(
            name=name,
            allowed={item: Allowed.read(values["by_item"].get(item, values["default"])) for item in items},
            required=tuple(rules["required"]),
            required_any=groups,
            skips=tuple(rules.get("skip", ())),
            recode=rules.get("recode", {}),
            total=rules["total"],
            subscores={name: tuple(one["sum"]) for name, one in rules["subscores"].items()},
            severity=rules["severity"],
            flags=tuple(rules["flags"]),
            change=rules.get("change"),
        )
