"""What `make bench` prints and writes."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class Row:
    database: str
    clients: int
    connections: int
    job: str
    p50_ms: float
    p95_ms: float
    per_second: float
    statements: int
    bytes: int
    requests: int
    errors: int
    n: int
    floor: str | None = None
    ratio: float | None = None


@dataclass
class Steady:
    """Writers who mark attendance at a set pace together."""

    database: str
    clients: int
    connections: int
    sent: int
    kept: int
    per_second: float
    p95_ms: float
    errors: int

    @property
    def faults(self) -> int:
        return self.errors + abs(self.sent - self.kept)


HEADS = (
    "job", "p50 ms", "p95 ms", "a second", "statements", "bytes", "requests", "errors", "n", "floor", "ratio",
    "p95 ratio",
)  # fmt: skip
#: what must not grow with the number of clients
GROWING = ("J1", "J2", "J3", "J5")
#: F1 shows as many rows as there are clients, up to these
ROWS_OF_F1 = 200


def with_ratios(rows: list[Row], floors: dict[str, str]) -> list[Row]:
    """The ratio is of medians, to the floor on the same database, at the same size and number of connections."""
    median = {(row.database, row.clients, row.connections, row.job): row.p50_ms for row in rows}
    for row in rows:
        floor = floors.get(row.job)
        below = median.get((row.database, row.clients, row.connections, floor or ""))
        if floor and below:
            row.floor, row.ratio = floor, round(row.p50_ms / below, 2)
    return rows


def text(rows: list[Row], steady: list[Steady], memory: dict[str, float]) -> str:
    parts = ["\n".join(_tables(rows)), *map("\n".join, (_growth(rows), _steady(steady)))]
    ratio = memory["trellis"] / memory["F1"] if memory["F1"] else 0
    parts.append(f"Memory: F1 {memory['F1']:.0f} MB, Trellis {memory['trellis']:.0f} MB, {ratio:.2f} ×")
    if any(row.clients < ROWS_OF_F1 for row in rows):
        parts.append(f"Below {ROWS_OF_F1} clients F1 has fewer rows than the aims speak of: its ratios say little.")
    return "\n\n".join(part for part in parts if part)


def _tables(rows: list[Row]) -> Iterator[str]:
    p95 = {_place(row): row.p95_ms for row in rows}
    title = ""
    for row in rows:
        many = "1 connection" if row.connections == 1 else f"{row.connections} connections"
        here = f"{row.database}, {row.clients:,} clients, {many}"
        if here != title:
            yield from (["", here] if title else [here])
            yield _line(HEADS)
            title = here
        below = p95.get(_place(row, row.floor or ""))
        yield _line((*_cells(row), f"{row.p95_ms / below:.2f} ×" if below else ""))


def _growth(rows: list[Row]) -> Iterator[str]:
    """From the smallest to the largest size; beside the floor, what else the machine did falls out."""
    found = {_place(row): row for row in rows}
    for database in dict.fromkeys(row.database for row in rows):
        sizes = sorted({row.clients for row in rows if row.database == database})
        few, many = sizes[0], sizes[-1]
        for connections in dict.fromkeys(row.connections for row in rows) if few < many else ():
            pairs = [(found[database, few, connections, job], found[database, many, connections, job])
                     for job in GROWING]  # fmt: skip
            grown = ", ".join(_grown(less, more) for less, more in pairs)
            yield f"Growth from {few:,} to {many:,} clients, {database}, {connections} at once: {grown}"


def _grown(less: Row, more: Row) -> str:
    beside = f" (beside its floor {more.ratio / less.ratio:.2f} ×)" if less.ratio and more.ratio else ""
    return f"{more.job} {more.p50_ms / less.p50_ms:.2f} ×{beside}"


def _steady(steady: list[Steady]) -> Iterator[str]:
    for one in steady:
        lost = "nothing lost" if not one.faults else f"{one.errors} errors, {one.sent - one.kept} lost"
        yield (
            f"{one.connections} writers marking attendance together, {one.database}, {one.clients:,} clients: "
            f"{one.per_second:.0f} a second, p95 {one.p95_ms:.1f} ms, {one.sent:,} sent, {one.kept:,} kept, {lost}"
        )


def _place(row: Row, job: str | None = None) -> tuple[str, int, int, str]:
    return (row.database, row.clients, row.connections, row.job if job is None else job)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.job, f"{row.p50_ms:.2f}", f"{row.p95_ms:.2f}", f"{row.per_second:.0f}", str(row.statements),
        f"{row.bytes:,}", str(row.requests), str(row.errors), str(row.n), row.floor or "",
        f"{row.ratio:.2f} ×" if row.ratio is not None else "",
    )  # fmt: skip


def _line(cells: tuple[str, ...]) -> str:
    first, *others = cells
    return f"  {first:8}" + "".join(f"{cell:>11}" for cell in others).rstrip()


def as_json(rows: Iterable[Row], memory: dict[str, float]) -> dict[str, Any]:
    return {"rows": [asdict(row) for row in rows], "memory_mb": memory}
