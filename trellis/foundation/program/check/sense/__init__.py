"""Faults of sense: what is well written and still cannot be so."""

from collections.abc import Callable, Iterable, Iterator

from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.check.sense import groups, names, rules, tracks

Check = Callable[[Draft], Iterable[Finding]]
CHECKS: list[Check] = [*names.CHECKS, *rules.CHECKS, *groups.CHECKS, *tracks.CHECKS]


def register_check(check: Check) -> None:
    """Let another room look at the whole draft; `draft.sections[name]` is its own section, None where broken."""
    if check not in CHECKS:
        CHECKS.append(check)


def sense(draft: Draft) -> Iterator[Finding]:
    for check in CHECKS:
        yield from check(draft)
