"""A backup while people work, and the drill: what it costs them, how long it takes, and what a restore brings back.

Writers mark attendance and readers open their week, as fast as they are answered: before, during and after in turn.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from benchmarks import load
from benchmarks.figures import Figure
from benchmarks.load import Open
from benchmarks.places import ROOT, Place, connect, empty

#: connections of each kind; slices of so many seconds, of which so many before and so many after
PEOPLE, SLICE, SLICES = 2, 2.0, 3
#: marks of this measure, and the first number of each next slice
FIRST, STEP = 10_000_000, 1_000_000
#: a row of about a thousand bytes that cannot be pressed smaller, as a sealed text is
ROW = 1_000
FILLER = {
    "sqlite": "INSERT INTO accounts_draft (account_id, form, sealed, updated_at) "
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) "
    "SELECT (SELECT MIN(id) FROM accounts_account), 'filler:' || i, hex(randomblob(450)), '2026-05-01 12:00:00' FROM n",
    "postgresql": "INSERT INTO accounts_draft (account_id, form, sealed, updated_at) "
    "SELECT (SELECT MIN(id) FROM accounts_account), 'filler:' || i, (SELECT string_agg(encode("
    "sha256((i || '-' || j || random())::text::bytea), 'hex'), '') FROM generate_series(1, 14) j WHERE i > 0), now() "
    "FROM generate_series(1, {rows}) i",
}
MARKS = "SELECT key FROM schedule_attendance WHERE key LIKE 'J3-%'"


@dataclass
class Slices:
    """Answers a second, slice by slice."""

    writers: list[float] = field(default_factory=list)
    readers: list[float] = field(default_factory=list)
    errors: int = 0


def measure(here: Place, writers: list[Open], readers: list[Open], megabytes: int) -> tuple[list[Figure], int]:
    """The figures, and how many answers were wrong or marks lost that no backup may lose."""
    _fill(here, megabytes)
    with TemporaryDirectory(dir=here.var, prefix="backup-") as folder, _keys(Path(folder)) as (identity, recipient):
        beside, during, numbers = Slices(), Slices(), count(FIRST, STEP)
        for _ in range(SLICES):
            _slice(beside, writers, readers, next(numbers))
        confirmed = _marks(here.url)
        target = Path(folder) / "bench.backup"
        began = time.monotonic()
        making = _trellis(here, {"TRELLIS_BACKUP_RECIPIENTS": recipient}, "backup", "create", str(target), "--json")
        while making.poll() is None:
            _slice(during, writers, readers, next(numbers), until=making)
        made = time.monotonic() - began
        said = _outcome(making)
        for _ in range(SLICES):
            _slice(beside, writers, readers, next(numbers))
        with empty(here) as other:
            began = time.monotonic()
            _outcome(_trellis(
                here, {}, "backup", "restore", str(target), "--identity", str(identity), "--into", other, "--json"
            ))  # fmt: skip
            took, back = time.monotonic() - began, _marks(other)
    missed, later = len(confirmed - back), len(_marks(here.url) - back)
    size = f"{megabytes:,} MB more, {said['rows']:,} rows"
    figures = [
        *_loss(beside, during, f"at most 10 % lost; made in {made:.1f} s"),
        Figure("backup restored", took, "s", "made beside people", made,
               f"{size}; of {len(confirmed):,} marks confirmed before {missed} lost; {later:,} came later"),
    ]  # fmt: skip
    return figures, beside.errors + during.errors + missed


def _loss(beside: Slices, during: Slices, note: str) -> Iterator[Figure]:
    for name, with_it, without in (
        ("writers", during.writers, beside.writers), ("readers", during.readers, beside.readers)
    ):  # fmt: skip
        now, then = statistics.median(with_it), statistics.median(without)
        yield Figure(
            f"{name} during backup", now, "/s", "before and after", then,
            f"{100 * (1 - now / then):.1f} % lost; {note}; {len(with_it)} slices",
        )  # fmt: skip


def _slice(into: Slices, writers: list[Open], readers: list[Open], start: int, until: Any = None) -> None:
    """Both kinds at once. A slice in which the backup ended counts only where it is the first."""
    found: dict[str, load.Timed] = {}

    def run(name: str, opens: list[Open]) -> None:
        found[name] = load.run(opens, connections=PEOPLE, seconds=SLICE, start=start)

    threads = [Thread(target=run, args=one) for one in (("writers", writers), ("readers", readers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(found) < len(threads):
        raise SystemExit("People could not be measured beside a backup; what went wrong stands above.")
    into.errors += sum(one.errors for one in found.values())
    if until is None or until.poll() is None or not into.writers:
        into.writers.append(found["writers"].per_second)
        into.readers.append(found["readers"].per_second)


def _fill(here: Place, megabytes: int) -> None:
    connection = connect(here.url)
    try:
        connection.execute(FILLER[here.database].format(rows=max(1, megabytes * 1_000_000 // ROW)))
    finally:
        connection.close()


def _marks(url: str) -> set[str]:
    connection = connect(url)
    try:
        return {row[0] for row in connection.execute(MARKS).fetchall()}
    finally:
        connection.close()


@contextmanager
def _keys(folder: Path) -> Iterator[tuple[Path, str]]:
    identity = folder / "key"
    made = subprocess.run(
        [sys.executable, "-m", "trellis", "backup", "key", str(identity)], cwd=ROOT, text=True, check=True,
        stdout=subprocess.PIPE, env=os.environ | {"TRELLIS_LOG_LEVEL": "WARNING"},
    )  # fmt: skip
    yield identity, next(word for word in made.stdout.split() if word.startswith("age1"))


def _trellis(here: Place, more: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "trellis", *arguments], cwd=ROOT, env=os.environ | here.short_lived | more, text=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip


def _outcome(process: "subprocess.Popen[str]") -> dict[str, Any]:
    said, _ = process.communicate()
    if process.returncode not in (0, 1):
        raise SystemExit("The backup could not be measured; what went wrong stands above.")
    return dict(json.loads(said))
