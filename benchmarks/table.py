"""What `make bench` prints and writes."""

from collections.abc import Iterable
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


HEADS = ("job", "p50 ms", "p95 ms", "a second", "statements", "bytes", "requests", "errors", "n", "floor", "ratio")


def with_ratios(rows: list[Row], floors: dict[str, str]) -> list[Row]:
    """The ratio is of medians, to the floor on the same database, at the same size and number of connections."""
    median = {(row.database, row.clients, row.connections, row.job): row.p50_ms for row in rows}
    for row in rows:
        floor = floors.get(row.job)
        below = median.get((row.database, row.clients, row.connections, floor or ""))
        if floor and below:
            row.floor, row.ratio = floor, round(row.p50_ms / below, 2)
    return rows


def text(rows: Iterable[Row], memory: dict[str, float]) -> str:
    lines: list[str] = []
    title = ""
    for row in rows:
        many = "1 connection" if row.connections == 1 else f"{row.connections} connections"
        here = f"{row.database}, {row.clients:,} clients, {many}"
        if here != title:
            title = here
            lines += ["", title, _line(HEADS)]
        lines.append(_line(_cells(row)))
    ratio = memory["trellis"] / memory["F1"] if memory["F1"] else 0
    return "\n".join(
        [*lines, "", f"Memory: F1 {memory['F1']:.0f} MB, Trellis {memory['trellis']:.0f} MB, {ratio:.2f} ×"]
    )


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.job, f"{row.p50_ms:.2f}", f"{row.p95_ms:.2f}", f"{row.per_second:.0f}", str(row.statements),
        f"{row.bytes:,}", str(row.requests), str(row.errors), str(row.n), row.floor or "",
        f"{row.ratio:.2f} ×" if row.ratio is not None else "",
    )  # fmt: skip


def _line(cells: tuple[str, ...]) -> str:
    first, *others = cells
    return f"  {first:8}" + "".join(f"{cell:>11}" for cell in others)


def as_json(rows: Iterable[Row], memory: dict[str, float]) -> dict[str, Any]:
    return {"rows": [asdict(row) for row in rows], "memory_mb": memory}
