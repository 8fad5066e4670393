"""Measures every job beside its floor: one database and one size after the other, each on a copy of its own."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import jobs, load, table
from benchmarks.firstview import first_view
from benchmarks.floors import floors
from benchmarks.load import Open, Timed
from benchmarks.places import ROOT, Place, connect, place
from benchmarks.server import Served, serving
from benchmarks.table import Row

#: each job is measured in so many slices, in turn with the others: what else the machine does meets all of them
SLICES = 3
CONNECTIONS = (1, 8)
ALL = (*jobs.READS, *jobs.WRITES)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--clients", type=_sizes, default="1000,100000")
    parser.add_argument("--seconds", type=_seconds, default="5")
    parser.add_argument("--databases", type=_databases, default="sqlite,postgresql")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--var", type=Path, default=ROOT / "var" / "bench", help="where built databases are kept")
    wish = parser.parse_args(arguments)
    rows: list[Row] = []
    memory: list[dict[str, float]] = []
    for database in wish.databases:
        for clients in wish.clients:
            with place(database, clients, wish.var) as here:
                found, held = measure(here, wish.seconds)
            rows += found
            memory.append(held)
    most = max(memory, key=lambda one: one["trellis"] / one["F1"])
    print(table.text(table.with_ratios(rows, jobs.FLOORS), most))
    if wish.json:
        wish.json.write_text(json.dumps(table.as_json(rows, most), indent=1))
    return 1 if any(row.errors for row in rows) else 0


def _sizes(text: str) -> list[int]:
    if not all(size.isdecimal() and int(size) for size in text.split(",")):
        raise argparse.ArgumentTypeError("write numbers with commas between them, such as CLIENTS=1000,100000.")
    return [int(size) for size in text.split(",")]


def _seconds(text: str) -> float:
    if not text.replace(".", "", 1).isdecimal() or not float(text):
        raise argparse.ArgumentTypeError("write a number above zero, such as SECONDS=5.")
    return float(text)


def _databases(text: str) -> list[str]:
    if not set(text.split(",")) <= {"sqlite", "postgresql"}:
        raise argparse.ArgumentTypeError("write sqlite, postgresql, or both with a comma between them.")
    return text.split(",")


def measure(here: Place, seconds: float) -> tuple[list[Row], dict[str, float]]:
    _tell(f"{here.database}, {here.clients:,} clients")
    world = _world(here)
    with (
        serving("benchmarks.f1:application", here.environment, log=here.var / "f1.log") as bare,
        serving("trellis.config.wsgi:application", here.environment, log=here.var / "trellis.log") as full,
    ):
        rows = _rows(here, world, bare, full, seconds)
        return rows, {"F1": round(bare.memory_mb(), 1), "trellis": round(full.memory_mb(), 1)}


def _world(here: Place) -> dict[str, Any]:
    """Signing in and counting statements happen inside Trellis: in a process of its own for each database."""
    command = [sys.executable, "-m", "benchmarks.world"]
    said = subprocess.run(command, cwd=ROOT, env=os.environ | here.short_lived, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(said.stdout))


def _rows(here: Place, world: dict[str, Any], bare: Served, full: Served, seconds: float) -> list[Row]:
    raw = {job: [open_] for job, open_ in floors(here.url, here.database, world).items()}
    opens = {"F1": jobs.bare(bare.port), **raw, **jobs.reads(full.port, world), **jobs.writes(full.port, world)}
    timed: dict[tuple[int, str], Timed] = {}
    # First every read: marks that were made for measuring would lengthen the day's sheet.
    for names in (jobs.READS, jobs.WRITES):
        start = 0
        for connections in CONNECTIONS:
            slices = _slices(opens, names, connections, seconds, start)
            timed |= {(connections, job): one for job, one in slices.items()}
            start = max(one.after for one in slices.values())
    _nothing_is_lost(here, timed)
    view = first_view(full.port, "/")
    requests = {job: view.requests if job == "J5" else int(not job.startswith("F2")) for job in ALL}
    statements = world["statements"] | dict.fromkeys(("F1", "F2-J1", "F2-J2", "F2-J3", "F2-J4"), 1)
    for connections in CONNECTIONS:
        timed[connections, "J5"].bytes = view.bytes
        timed[connections, "J5"].errors += view.errors
    return [
        _row(here, connections, job, timed[connections, job], statements[job], requests[job])
        for connections in CONNECTIONS
        for job in ALL
    ]


def _slices(
    opens: dict[str, list[Open]], names: tuple[str, ...], connections: int, seconds: float, start: int
) -> dict[str, Timed]:
    found = {job: Timed(after=start) for job in names}
    for _ in range(SLICES):
        for job, whole in found.items():
            whole.add(load.run(opens[job], connections=connections, seconds=seconds / SLICES, start=whole.after))
    _tell(f"  {connections}: " + ", ".join(f"{job} {one.p50:.1f} ms" for job, one in found.items()))
    return found


def _nothing_is_lost(here: Place, timed: dict[tuple[int, str], Timed]) -> None:
    """Every mark that was answered stands in the database; one that does not is an error."""
    connection = connect(here.url)
    for job, like in (("J3", "J3-%"), ("J3x10", "J3x10-%-0.%")):
        sql = f"SELECT count(*) FROM schedule_attendance WHERE key LIKE '{like}'"
        kept = connection.execute(sql).fetchone()[0]
        sent = sum(timed[connections, job].sent for connections in CONNECTIONS)
        timed[CONNECTIONS[-1], job].errors += abs(sent - kept)
    connection.close()


def _row(here: Place, connections: int, job: str, timed: Timed, statements: int, requests: int) -> Row:
    return Row(
        here.database, here.clients, connections, job, round(timed.p50, 3), round(timed.p95, 3),
        round(timed.per_second, 1), statements, timed.bytes, requests, timed.errors, timed.n,
    )  # fmt: skip


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
