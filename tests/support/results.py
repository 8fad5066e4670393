"""Counts what happened, by test, and writes it where TRELLIS_RESULTS says; tools/run_tests.py reads it."""

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

_outcomes: dict[str, str] = {}
_reasons: Counter[str] = Counter()
_browser: set[str] = set()
_told: list[str] = []


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Callable[[object], None]:
    """`told(line)`: a figure that whoever runs the tests wants to read, whether or not they pass."""
    return lambda line: record_property("told", str(line))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call":
        _told.extend(str(line) for name, line in report.user_properties if name == "told")
    if report.failed:
        _outcomes[report.nodeid] = "failed"
    elif report.skipped:
        _outcomes.setdefault(report.nodeid, "skipped")
        _reasons[reason_of(report)] += 1
    elif report.when == "call":
        _outcomes.setdefault(report.nodeid, "passed")
        if "used_browser" in dict(report.user_properties):
            _browser.add(report.nodeid)


def reason_of(report: pytest.TestReport) -> str:
    if hasattr(report, "wasxfail"):
        return f"xfail: {report.wasxfail}"
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(report.longrepr)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.failed:
        _outcomes[f"{report.nodeid} (collection)"] = "failed"


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    where = os.environ.get("TRELLIS_RESULTS")
    if not where:
        return
    counts = Counter(_outcomes.values())
    Path(where).write_text(
        json.dumps(
            {
                "exit": int(exitstatus),
                "collected": session.testscollected,
                "passed": counts["passed"],
                "failed": counts["failed"],
                "skipped": counts["skipped"],
                "browser": len(_browser),
                "skips": dict(_reasons),
                "told": _told,
                "failures": sorted(name for name, outcome in _outcomes.items() if outcome == "failed"),
            }
        )
    )
