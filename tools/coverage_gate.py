"""Fails when branches are left unwalked: none in rules, access, audit, consent and the outbox; a tenth elsewhere."""

import json
import sys
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

WHOLE = 100.0
ELSEWHERE = 90.0

#: every branch of these is walked
STRICT = (
    "trellis/*/rules.py",
    "trellis/*/rules/*.py",
    "trellis/foundation/access/*.py",
    "trellis/foundation/audit/*.py",
    "trellis/people/consent/*.py",
    "trellis/foundation/messaging/outbox*.py",
)


@dataclass(frozen=True)
class Covered:
    path: str
    walked: int
    all: int
    missing: list[int]
    branches: list[list[int]]

    @property
    def percent(self) -> float:
        return 100.0 * self.walked / self.all if self.all else 100.0

    @property
    def strict(self) -> bool:
        return any(fnmatchcase(self.path, pattern) for pattern in STRICT)

    def __str__(self) -> str:
        parts = [f"{self.path}: {self.percent:.0f} %"]
        if self.missing:
            parts.append("lines " + spans(self.missing))
        if self.branches:
            parts.append("branches " + ", ".join(f"{a}→{'end' if b < 0 else b}" for a, b in self.branches))
        return ", ".join(parts)


def spans(lines: list[int]) -> str:
    """[1, 2, 3, 7] → "1-3, 7"."""
    found: list[list[int]] = []
    for line in sorted(lines):
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in found)


def read(report: dict) -> list[Covered]:
    return [
        Covered(
            path.replace("\\", "/"),
            data["summary"]["covered_lines"] + data["summary"].get("covered_branches", 0),
            data["summary"]["num_statements"] + data["summary"].get("num_branches", 0),
            data["missing_lines"],
            data.get("missing_branches", []),
        )
        for path, data in report["files"].items()
    ]


def judge(files: list[Covered]) -> list[str]:
    faults = [f"every branch must be walked: {file}" for file in files if file.strict and file.percent < WHOLE]
    others = [file for file in files if not file.strict]
    walked, everything = sum(f.walked for f in others), sum(f.all for f in others)
    percent = 100.0 * walked / everything if everything else 100.0
    if percent < ELSEWHERE:
        faults.append(f"elsewhere {percent:.1f} % is walked, {ELSEWHERE:.0f} % is asked for; the least walked:")
        worst = sorted(others, key=lambda f: f.walked - f.all)[:20]
        faults += [f"  {file}" for file in worst if file.percent < WHOLE]
    return faults


def main(path: str) -> int:
    files = read(json.loads(Path(path).read_text()))
    faults = judge(files)
    walked, everything = sum(f.walked for f in files), sum(f.all for f in files)
    if everything:
        print(f"coverage: {100.0 * walked / everything:.1f} % of statements and branches, {len(files)} files")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
