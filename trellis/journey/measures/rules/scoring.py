"""Score one form. Safety output never waits for a complete form."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from trellis.journey.measures.rules.conditions import SEXES, Form, holds
from trellis.journey.measures.rules.instrument import Instrument, Rules

Judge = Callable[[Rules, Form, "Status"], str | None]


class Status(StrEnum):
    COMPLETE = "complete"
    PRORATED = "prorated"
    INCOMPLETE = "incomplete"
    INVALID = "invalid"


@dataclass(frozen=True)
class Result:
    """`total` and `subscores` in the instrument's points; None where they cannot be said."""

    instrument: str
    status: Status
    total: int | None
    subscores: Mapping[str, int | None]
    severity: str | None
    flags: tuple[str, ...]
    invalid_items: tuple[str, ...]


def score(instrument: Instrument, answers: Mapping[str, Any], sex: str | None = None) -> Result:
    """`answers`: item to number; None is not answered. `sex`: only "male" and "female" count, for AUDIT-C.

    Never raises: an answer that is not allowed makes the form invalid, and only what is about safety is said of it.
    Source of every rule: `instruments/scoring-rules.json`, key `contract`.
    """
    given = {item: answer for item, answer in answers.items() if answer is not None}
    invalid = sorted(item for item, answer in given.items() if answer not in instrument.allowed.get(item, ()))
    valid = {item: int(answer) for item, answer in given.items() if item not in invalid}
    form = _read(instrument, valid, sex)
    status = Status.INVALID if invalid else _status(instrument, form)
    form = replace(form, subscores=_subscores(instrument, form, status))
    form = replace(form, total=_total(instrument, form, status))
    form = replace(form, severity=_severity(instrument, form, status))
    return Result(
        instrument=instrument.name,
        status=status,
        total=form.total,
        subscores=form.subscores,
        severity=form.severity,
        flags=tuple(sorted(_flags(instrument, form, status))),
        invalid_items=tuple(invalid),
    )


def _read(instrument: Instrument, answers: Mapping[str, int], sex: str | None) -> Form:
    form = Form(answers, sex=sex)
    skipped = (skip["hides"] for skip in instrument.skips if holds(skip["when"], form))
    form = replace(form, hidden=frozenset(item for hidden in skipped for item in hidden))
    lacks = any(map(form.misses, instrument.required)) or any(
        all(map(form.misses, group)) for group in instrument.required_any
    )
    return replace(form, lacks_required=lacks)


def _status(instrument: Instrument, form: Form) -> Status:
    if not form.lacks_required:
        return Status.COMPLETE
    prorate = (instrument.total or {}).get("prorate")
    if prorate and sum(map(form.misses, instrument.required)) <= prorate["max_missing"]:
        return Status.PRORATED
    return Status.INCOMPLETE


def _sum(instrument: Instrument, form: Form, items: Iterable[str]) -> int:
    """What a skip rule hides, and nobody answered, counts 0."""
    answered = [(item, form.answers[item]) for item in items if item in form.answers]
    return sum(instrument.recode.get(item, {}).get(str(answer), answer) for item, answer in answered)


def _subscores(instrument: Instrument, form: Form, status: Status) -> Mapping[str, int | None]:
    """A subscale is said where none of its items is missing, whatever else is."""
    return {
        name: None if status is Status.INVALID or any(map(form.misses, items)) else _sum(instrument, form, items)
        for name, items in instrument.subscores.items()
    }


def _total(instrument: Instrument, form: Form, status: Status) -> int | None:
    rule = instrument.total
    if rule is None or status in (Status.INCOMPLETE, Status.INVALID):
        return None
    points = _sum(instrument, form, rule["sum"])
    if status is Status.PRORATED:
        return _mean_times_all(points, sum(item in form.answers for item in rule["sum"]), len(rule["sum"]))
    times: int = rule.get("multiply", 1)
    return points * times


def _mean_times_all(points: int, answered: int, items: int) -> int:
    """The mean of the answered items times all of them, half up (Arrieta 2017; Kroenke 2010), in whole numbers."""
    return (2 * points * items + answered) // (2 * answered)


def _severity(instrument: Instrument, form: Form, status: Status) -> str | None:
    rule = instrument.severity
    if rule is None:
        return None
    judge: Judge = SEVERITIES[rule["from"]]
    return judge(rule, form, status)


def _by_bands(rule: Rules, form: Form, status: Status) -> str | None:
    if form.total is None:
        return None
    return next(str(code) for low, high, code in rule["bands"] if low <= form.total <= high)


def _by_cutoff(rule: Rules, form: Form, status: Status) -> str | None:
    if form.total is None:
        return None
    cutoff: int = rule[form.sex] if form.sex in SEXES else rule["other_or_missing"]
    return _code(rule, "at_or_above" if form.total >= cutoff else "below")


def _by_levels(rule: Rules, form: Form, status: Status) -> str | None:
    """The most severe level that holds, from the valid answers alone; "none" needs a complete form."""
    level = next((level for level in rule["levels"] if holds(level["when"], form)), None)
    return _code(level, "code") if level else _if_complete(rule, status)


def _by_any(rule: Rules, form: Form, status: Status) -> str | None:
    if any(form.answers.get(item, 0) >= 1 for item in rule["any_positive"]):
        return _code(rule, "positive")
    return _if_complete(rule, status)


def _if_complete(rule: Rules, status: Status) -> str | None:
    return _code(rule, "else_if_complete") if status is Status.COMPLETE else None


def _code(rule: Rules, key: str) -> str:
    return str(rule[key])


SEVERITIES: Mapping[str, Judge] = {
    "total": _by_bands,
    "cutoff_by_sex": _by_cutoff,
    "levels": _by_levels,
    "any_positive": _by_any,
}


def _flags(instrument: Instrument, form: Form, status: Status) -> Iterable[str]:
    return (flag["code"] for flag in instrument.flags if _is_asked(flag, status) and holds(flag["when"], form))


def _is_asked(flag: Rules, status: Status) -> bool:
    if flag.get("safety"):
        return True
    return status is Status.COMPLETE if flag.get("needs") == "complete" else status is not Status.INVALID
