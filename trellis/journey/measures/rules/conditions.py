"""When a rule of an instrument holds for one form. All keys of one condition must hold."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from trellis.journey.measures.rules.instrument import Rules

#: of male and female alone a cut-off is known
SEXES = ("male", "female")
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "eq": operator.eq,
    "gte": operator.ge,
    "lte": operator.le,
}


@dataclass(frozen=True)
class Form:
    """What one form says: its valid answers, what is hidden or missing, and what was computed from it so far."""

    answers: Mapping[str, int]
    hidden: frozenset[str] = frozenset()
    lacks_required: bool = False
    total: int | None = None
    subscores: Mapping[str, int | None] = field(default_factory=dict)
    severity: str | None = None
    sex: str | None = None

    def misses(self, item: str) -> bool:
        """Not answered, although it is shown."""
        return item not in self.answers and item not in self.hidden


def holds(condition: Rules, form: Form) -> bool:
    return all(CONDITIONS[key](condition, form) for key in condition if key not in OPERANDS)


def _compares(value: float | None, condition: Rules) -> bool:
    """What is missing compares with nothing."""
    return value is not None and all(
        compare(value, condition[name]) for name, compare in COMPARISONS.items() if name in condition
    )


def _is_more(condition: Rules, form: Form) -> bool:
    first, second = (form.answers.get(item) for item in condition["gt"])
    return first is not None and second is not None and first > second


def _enough_of(condition: Rules, form: Form) -> bool:
    items, least = condition["count_gte"]
    return bool(sum(form.answers.get(item, least - 1) >= least for item in items) >= condition["at_least"])


def _phq9_syndrome(form: Form) -> str | None:
    """The PHQ-9 algorithm: a prompt for the clinician, not a diagnosis."""
    core = sum(form.answers[f"phq9.{n}"] >= 2 for n in (1, 2))
    symptoms = core + sum(form.answers[f"phq9.{n}"] >= 2 for n in range(3, 9)) + (form.answers["phq9.9"] >= 1)
    if not core or symptoms < 2:
        return None
    return "major" if symptoms >= 5 else "other"


PROCEDURES: Mapping[str, Callable[[Form], str | None]] = {"phq9_algorithm": _phq9_syndrome}
CONDITIONS: Mapping[str, Callable[[Rules, Form], bool]] = {
    "all": lambda condition, form: all(holds(one, form) for one in condition["all"]),
    "any": lambda condition, form: any(holds(one, form) for one in condition["any"]),
    "not": lambda condition, form: not holds(condition["not"], form),
    "item": lambda condition, form: _compares(form.answers.get(condition["item"]), condition),
    "total": lambda condition, form: _compares(form.total, condition),
    "subscore": lambda condition, form: _compares(form.subscores[condition["subscore"]], condition),
    "severity": lambda condition, form: bool(form.severity == condition["severity"]),
    "gt": _is_more,
    "count_gte": _enough_of,
    "missing": lambda condition, form: form.misses(condition["missing"]),
    "any_required_missing": lambda condition, form: form.lacks_required,
    "sex_missing": lambda condition, form: form.sex not in SEXES,
    "procedure": lambda condition, form: bool(PROCEDURES[condition["procedure"]](form) == condition["result"]),
}
#: keys that stand beside one of the above
OPERANDS: frozenset[Any] = frozenset({*COMPARISONS, "at_least", "result"})
