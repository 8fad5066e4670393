"""What `trellis meetings import` answers: the contract's report, and the same for people."""

from collections import Counter
from typing import Any, Protocol

from trellis.foundation.places.reading import Outcome

MOST_LINES = 20


class Done(Protocol):
    """What a reading did to the record."""

    added: int
    changed: int
    unchanged: int
    ended: int
    held: bool


def as_json(name: str, outcome: Outcome, done: Done | None) -> dict[str, Any]:
    """`done` None: nothing was compared, as if the list were new."""
    return {
        "name": name,
        "format": outcome.format,
        "read": outcome.read,
        "kept": outcome.kept,
        "added": done.added if done else outcome.kept,
        "changed": done.changed if done else 0,
        "unchanged": done.unchanged if done else 0,
        "ended": done.ended if done else 0,
        "skipped": outcome.skipped,
        "held": done.held if done else False,
        "problems": [problem.as_json() for problem in outcome.problems],
    }


def as_text(report: dict[str, Any], *, dry_run: bool) -> str:
    """The report in lines for a terminal: each row that was not kept, then what was mended, counted."""
    lines = [
        f"{report['name']}: {_rows(report['read'])} read, {report['kept']} kept, {report['skipped']} not kept"
        f" (format: {report['format'] or 'none'}).",
        "Dry run: nothing was changed." if dry_run else _what_happened(report),
    ]
    not_kept = [problem for problem in report["problems"] if not problem["kept"]]
    if not_kept:
        lines += ["", "Not kept:", *map(_line, not_kept[:MOST_LINES])]
        if len(not_kept) > MOST_LINES:
            lines.append(f"  and {len(not_kept) - MOST_LINES} more; --json names them all")
    mended = Counter((problem["field"], problem["problem"]) for problem in report["problems"] if problem["kept"])
    if mended:
        lines += ["", "Kept, but not quite as it was:"]
        lines += [f"  {number} times {field}: {sentence}" for (field, sentence), number in mended.most_common()]
    return "\n".join(lines)


def _what_happened(report: dict[str, Any]) -> str:
    counts = ", ".join(f"{report[word]} {word}" for word in ("added", "changed", "unchanged", "ended"))
    if report["held"]:
        return (
            "Held: the list lost more than half of its rows, so nothing was changed. Somebody has to release it,"
            f" or add --allow-shrink. It would be: {counts}."
        )
    return f"{counts[0].upper()}{counts[1:]}."


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _line(problem: dict[str, Any]) -> str:
    name = f" ({problem['id']})" if problem["id"] else ""
    value = "" if problem["value"] is None else f" {problem['value']!r}"
    field = f" {problem['field']}{value}:" if problem["field"] else f"{value}:"
    return f"  row {problem['row']}{name}:{field} {problem['problem']}"
