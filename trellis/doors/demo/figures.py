"""The figures of population.toml, and drawing from them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FILE = Path(__file__).with_name("population.toml")


@cache
def figures() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text())


def draw(rng: Random, weights: Mapping[str, Any]) -> str:
    """One key, as likely as its number says; what is no number is no choice."""
    chances = {key: value for key, value in weights.items() if isinstance(value, int | float)}
    return rng.choices(list(chances), weights=list(chances.values()))[0]


def chance(rng: Random, percent: float) -> bool:
    return rng.random() * 100 < percent


def around(rng: Random, median: float, spread: float = 0.5) -> int:
    """Whole days about a median, at least one; longer waits are commoner than a bell would have them."""
    return max(1, round(median * rng.lognormvariate(0, spread)))
