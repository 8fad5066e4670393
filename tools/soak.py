"""Repeats the tests of tests/soak until the time is up, each round with a seed of its own, on both databases in turn.

Each test there is marked `soak` and reads from the fixture `soak` its seed and how many seconds this round still has.
A failing round prints the command that repeats it.
"""

import argparse
import hashlib
import json
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "soak-results"


def seed_of(master: str, number: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{master}:{number}".encode()).digest()[:4], "big")


def one_round(name: str, database: str, seed: int, seconds: float) -> dict:
    result = RESULTS / f"{name}.json"
    log = RESULTS / f"{name}.log"
    environment = os.environ | {
        "DATABASE_URL": database,
        "TRELLIS_RESULTS": str(result),
        "TRELLIS_SOAK_SEED": str(seed),
        "TRELLIS_SOAK_SECONDS": str(max(1, int(seconds))),
    }
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", "--timeout=900"]
    command += ["tests/soak", "-m", "soak", f"--randomly-seed={seed}", f"--hypothesis-seed={seed}"]
    with log.open("wb") as out:
        ended = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        ).returncode
    counts = json.loads(result.read_text()) if result.exists() else {"passed": 0, "failed": 1, "skipped": 0, "told": []}
    if ended not in (0, 5):
        print(log.read_text(errors="replace"))
        print(f"The same round again: TRELLIS_SOAK_SEED={seed} {' '.join(command[1:])}")
    return counts | {"exit": ended}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", default=None)
    arguments = parser.parse_args()
    master = arguments.seed or secrets.token_hex(8)
    RESULTS.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + 60 * arguments.minutes
    postgres = os.environ.get("DATABASE_URL", "")
    databases = {"sqlite": "", **({"postgresql": postgres} if postgres else {})}
    print(f"Soaking for {arguments.minutes:g} minutes, seed {master}", flush=True)

    totals = {"passed": 0, "failed": 0, "skipped": 0}
    number = 0
    while not number or time.monotonic() < end:
        seed = seed_of(master, number)
        for database, url in databases.items():
            # Each database gets its share of what is left, and at most five minutes a round.
            left = (end - time.monotonic()) / len(databases)
            counts = one_round(f"{number:03}-{database}", url, seed, min(left, 300))
            if counts["exit"] == 5:
                print("No soak test was found in tests/soak.", file=sys.stderr)
                return 1
            for key in totals:
                totals[key] += counts[key]
            print("".join(f"  {line}\n" for line in counts["told"]), end="")
            print(
                f"round {number}, {database}, seed {seed}: {counts['passed']} passed, {counts['failed']} failed",
                flush=True,
            )
            if counts["exit"]:
                totals["failed"] = max(1, totals["failed"])
        number += 1
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped", flush=True)
    return 1 if totals["failed"] or not totals["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
