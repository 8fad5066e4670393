"""Advice as it is kept with a review, and read again: keys and figures, never sentences. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from trellis.journey.continuity.advice.rules import Advice, Option, Reason


def kept(advice: Advice) -> dict[str, Any]:
    return {
        "options": [
            {"way": one.way, "for": _rows(one.speaks_for), "against": _rows(one.against)} for one in advice.options
        ],
        "even": list(advice.even),
        "missing": _rows(advice.missing),
    }


def read(data: Mapping[str, Any]) -> Advice:
    """What `kept` wrote."""
    options = (Option(one["way"], _reasons(one["for"]), _reasons(one["against"])) for one in data["options"])
    return Advice(tuple(options), tuple(data["even"]), _reasons(data["missing"]))


def _rows(reasons: Iterable[Reason]) -> list[list[Any]]:
    return [[one.key, dict(one.figures)] for one in reasons]


def _reasons(rows: Iterable[Any]) -> tuple[Reason, ...]:
    return tuple(Reason(key, figures) for key, figures in rows)
