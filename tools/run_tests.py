"""Runs every test: on SQLite, in a real browser, on PostgreSQL; adds up, and judges skips and coverage.

PostgreSQL is named by DATABASE_URL (tools/with_postgres.sh sets it). Results and logs lie in var/test-results.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "test-results"
ALLOWED_SKIPS = ROOT / "tests" / "allowed_skips.txt"
PYTEST = [
    sys.executable,
    "-m",
    "pytest",
    "-q",
    "--no-header",
    "--color=no",
    "--durations=15",
    "--durations-min=2",
    "-p",
    "no:cacheprovider",
]
COVERED = [sys.executable, "-m", "coverage", "run", "-m", "pytest", *PYTEST[3:]]


@dataclass
class Run:
    """One pytest process: a part of the tests on one database."""

    name: str
    database: str
    select: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    seconds: float = 0.0

    @property
    def log(self) -> Path:
        return RESULTS / f"{self.name}.log"

    @property
    def result_file(self) -> Path:
        return RESULTS / f"{self.name}.json"

    @property
    def result(self) -> dict:
        if self.result_file.exists():
            return json.loads(self.result_file.read_text())
        return {
            "exit": 3,
            "collected": 0,
            "passed": 0,
            "failed": 1,
            "skipped": 0,
            "browser": 0,
            "skips": {},
            "told": [],
            "failures": [],
        }

    def start(self, seed: int, extra: list[str]) -> None:
        environment = os.environ | self.environment | {"TRELLIS_RESULTS": str(self.result_file)}
        command = [*self.command, "-m", self.select, f"--randomly-seed={seed}", f"--hypothesis-seed={seed}", *extra]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
            )


def plan(postgres: str | None) -> list[Run]:
    coverage = {"COVERAGE_FILE": str(RESULTS / "coverage")}
    sqlite = {"DATABASE_URL": ""}
    runs = [
        Run("sqlite", "sqlite", "not browser and not soak", COVERED, sqlite | coverage),
        Run("sqlite-browser", "sqlite", "browser and not soak", PYTEST, sqlite),
    ]
    if postgres:
        select = "not rules and not soak and (not browser or browser_pg)"
        runs.append(Run("postgresql", "postgresql", select, PYTEST, {"DATABASE_URL": postgres}))
    return runs


def wait(runs: list[Run]) -> None:
    begun, told = time.monotonic(), time.monotonic()
    waiting = list(runs)
    while waiting:
        for run in [run for run in waiting if run.process.poll() is not None]:
            waiting.remove(run)
            run.seconds = time.monotonic() - begun
            tell(run)
        if time.monotonic() - told > 60:
            told = time.monotonic()
            print(f"… {told - begun:.0f} s, still running: {', '.join(run.name for run in waiting)}", flush=True)
        time.sleep(0.2)


def tell(run: Run) -> None:
    """The whole log where something failed, its last lines where nothing did."""
    text = run.log.read_text(errors="replace").rstrip()
    if run.process.returncode == 0:
        text = text.splitlines()[-1] if text else ""
    print(f"\n=== {run.name}, {run.seconds:.0f} s ===\n{text}", flush=True)


def faults(runs: list[Run]) -> list[str]:
    found = []
    allowed = [
        line.strip() for line in ALLOWED_SKIPS.read_text().splitlines() if line.strip() and not line.startswith("#")
    ]
    for run in runs:
        result = run.result
        if run.process.returncode != 0:
            found.append(f"{run.name}: pytest ended with {run.process.returncode}; see {run.log.relative_to(ROOT)}")
        if not result["passed"] and not result["failed"]:
            found.append(f"{run.name}: not one test ran")
        found += [
            f"{run.name}: skipped {count} for a reason that tests/allowed_skips.txt does not list: {reason}"
            for reason, count in result["skips"].items()
            if not any(fnmatchcase(reason, pattern) for pattern in allowed)
        ]
    if not any(run.result["browser"] for run in runs):
        found.append("no test used a browser")
    return found


def summary(runs: list[Run]) -> list[str]:
    lines = []
    total = {"passed": 0, "failed": 0, "skipped": 0}
    for database in dict.fromkeys(run.database for run in runs):
        results = [run.result for run in runs if run.database == database]
        counts = {key: sum(result[key] for result in results) for key in (*total, "browser")}
        for key in total:
            total[key] += counts[key]
        lines.append(
            f"{database}: {counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped, "
            f"{counts['browser']} used a browser"
        )
    return [*lines, f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped"]


def coverage_gate() -> int:
    environment = os.environ | {"COVERAGE_FILE": str(RESULTS / "coverage")}
    subprocess.run([sys.executable, "-m", "coverage", "combine", "--quiet"], cwd=ROOT, env=environment, check=False)
    report = RESULTS / "coverage.json"
    made = subprocess.run(
        [sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(report)], cwd=ROOT, env=environment, check=False
    )
    if made.returncode:
        return made.returncode
    return subprocess.run([sys.executable, "tools/coverage_gate.py", str(report)], cwd=ROOT, check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("pytest", nargs="*", help="passed on to pytest, after --")
    arguments = parser.parse_args()
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)

    runs = plan(os.environ.get("DATABASE_URL") if "postgres" in os.environ.get("DATABASE_URL", "") else None)
    print(f"Random order, seed {arguments.seed}; the same order again: make test SEED={arguments.seed}", flush=True)
    for run in runs:
        run.start(arguments.seed, arguments.pytest)
    wait(runs)

    found = faults(runs)
    if len({run.database for run in runs}) < 2:
        found.append("PostgreSQL was not tested: DATABASE_URL names no cluster; use make test")
    measured = all(run.process.returncode in (0, 1) for run in runs if run.database == "sqlite")
    if measured and not arguments.pytest and coverage_gate():
        found.append("coverage is below what the house asks for")
    print()
    for line in found:
        print(f"fault: {line}")
    told = [line for run in runs for line in run.result["told"]]
    print("\n".join([*told, *summary(runs)]), flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
