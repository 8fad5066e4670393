"""Measures every job beside its floor: one database and one size after the other, each on a copy of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from benchmarks import figures, jobs, keeping, load, table, wish
from benchmarks.firstview import first_view
from benchmarks.floors import floors
from benchmarks.load import Open, Timed
from benchmarks.places import ROOT, Place, connect, place
from benchmarks.server import Served, serving
from benchmarks.table import Row, Steady
from benchmarks.wish import Wish

#: slices of a second or more, each job in turn with the others: what else the machine does meets all of them
MOST_SLICES = 5
CONNECTIONS = (1, 8)


@dataclass
class Found:
    rows: list[Row]
    steady: Steady
    memory: dict[str, float]
    trust: str = ""
    clinical: str = ""
    faults: int = 0


def main(arguments: list[str] | None = None) -> int:
    wished = wish.read(arguments, ROOT / "var" / "bench")
    found: list[Found] = []
    for database in wished.databases:
        for clients in wished.clients:
            with place(database, clients, wished.var) as here:
                found.append(measure(here, wished, trust=clients == wished.clients[0]))
    rows = table.with_ratios([row for one in found for row in one.rows], jobs.FLOORS)
    steady = [one.steady for one in found]
    memory = max((one.memory for one in found), key=lambda one: one["trellis"] / one["F1"])
    print(table.text(rows, steady, memory))
    for one in found:
        for more in filter(None, (one.clinical, one.trust)):
            print(f"\n{more}")
    if wished.json:
        wished.json.write_text(json.dumps(table.as_json(rows, memory), indent=1) + "\n")
    return 1 if any(row.errors for row in rows) or any(one.faults for one in (*steady, *found)) else 0


def measure(here: Place, wished: Wish, *, trust: bool) -> Found:
    """`trust`: also what guards a record, which does not depend on how many clients there are."""
    _tell(f"{here.database}, {here.clients:,} clients")
    world = _world(here)
    with (
        serving("benchmarks.f1:application", here.environment, log=here.var / "f1.log") as bare,
        serving("trellis.config.wsgi:application", here.environment, log=here.var / "trellis.log") as full,
    ):
        rows, steady = _measured(here, world, bare, full, wished.seconds)
        found = Found(rows, steady, {"F1": round(bare.memory_mb(), 1), "trellis": round(full.memory_mb(), 1)})
        return _trusted(here, world, full, wished, found) if trust else found


def _trusted(here: Place, world: dict[str, Any], full: Served, wished: Wish, found: Found) -> Found:
    """After everything else: it takes the trail away, and makes the database as large as it was told to."""
    _tell("  forms, referrals, trajectories")
    forms = _inside(here, "benchmarks.clinical", f"--megabytes={wished.megabytes}")
    title = f"What clinicians read, {here.database}, {here.clients:,} clients"
    found.clinical = figures.lines(title, [figures.Figure(**one) for one in forms])
    _tell("  what guards a record: the gate, the trail, a backup beside people")
    said = _inside(here, "benchmarks.trust", f"--events={wished.events}")
    writers, readers = jobs.writes(full.port, world)["J3"], jobs.reads(full.port, world)["J2"]
    kept, found.faults = keeping.measure(here, writers, readers, wished.megabytes)
    title = f"What guards a record, {here.database}, {here.clients:,} clients"
    found.trust = figures.lines(title, [*(figures.Figure(**one) for one in said), *kept])
    return found


def _world(here: Place) -> dict[str, Any]:
    """Signing in and counting statements happen inside Trellis: in a process of its own for each database."""
    return dict(_inside(here, "benchmarks.world"))


def _inside(here: Place, module: str, *arguments: str) -> Any:
    command = [sys.executable, "-m", module, *arguments]
    said = subprocess.run(command, cwd=ROOT, env=os.environ | here.short_lived, stdout=subprocess.PIPE, check=False)
    if said.returncode:
        raise SystemExit(f"{module} could not measure; what went wrong stands above.")
    return json.loads(said.stdout)


def _measured(
    here: Place, world: dict[str, Any], bare: Served, full: Served, seconds: float
) -> tuple[list[Row], Steady]:
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
    steady = load.run(opens[jobs.STEADY], connections=CONNECTIONS[-1], seconds=seconds, per_second=jobs.PACE)
    kept = _kept(here)
    for job in ("J3", "J3x10"):
        sent = sum(timed[connections, job].sent for connections in CONNECTIONS)
        timed[CONNECTIONS[-1], job].errors += abs(sent - kept[job])
    rows = _rows(here, timed, world["statements"], full)
    return rows, Steady(
        here.database, here.clients, CONNECTIONS[-1], steady.sent, kept[jobs.STEADY], round(steady.per_second, 1),
        round(steady.p95, 3), steady.errors,
    )  # fmt: skip


def _slices(
    opens: dict[str, list[Open]], names: tuple[str, ...], connections: int, seconds: float, start: int
) -> dict[str, Timed]:
    found = {job: Timed(after=start) for job in names}
    count = max(1, min(MOST_SLICES, int(seconds)))
    for _ in range(count):
        for job, whole in found.items():
            whole.add(load.run(opens[job], connections=connections, seconds=seconds / count, start=whole.after))
    _tell(f"  {connections}: " + ", ".join(f"{job} {one.p50:.1f} ms" for job, one in found.items()))
    return found


def _kept(here: Place) -> dict[str, int]:
    """How many requests left their marks in the database: each that was answered must have, and nothing else may."""
    likes = {"J3": "J3-%", "J3x10": "J3x10-%-0.%", jobs.STEADY: f"{jobs.STEADY}-%"}
    sql = "SELECT count(*) FROM schedule_attendance WHERE key LIKE '{}'"
    connection = connect(here.url)
    try:
        return {job: connection.execute(sql.format(like)).fetchone()[0] for job, like in likes.items()}
    finally:
        connection.close()


def _rows(here: Place, timed: dict[tuple[int, str], Timed], counted: dict[str, int], full: Served) -> list[Row]:
    view = first_view(full.port, "/")
    for connections in CONNECTIONS:
        timed[connections, "J5"].bytes = view.bytes
        timed[connections, "J5"].errors += view.errors
    statements = counted | dict.fromkeys(("F1", "F2-J1", "F2-J2", "F2-J3", "F2-J4"), 1)
    requests = {job: view.requests if job == "J5" else int(not job.startswith("F2")) for job in jobs.ALL}
    return [
        _row(here, connections, timed[connections, job], job, statements[job], requests[job])
        for connections in CONNECTIONS
        for job in jobs.ALL
    ]


def _row(here: Place, connections: int, timed: Timed, job: str, statements: int, requests: int) -> Row:
    return Row(
        here.database, here.clients, connections, job, round(timed.p50, 3), round(timed.p95, 3),
        round(timed.per_second, 1), statements, timed.bytes, requests, timed.errors, timed.n,
    )  # fmt: skip


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
