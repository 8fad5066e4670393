"""Seals what was written: events become leaves of batches, each batch holds the one before. One sealer at a time.

On PostgreSQL an id is handed out before its transaction ends, so a later id may be there first. Only what is older than
every transaction still running is sealed, in the order of transactions: nothing can come to stand before it any more.
"""

from typing import Any, NamedTuple

from django.db import connection, transaction

from trellis.foundation.audit import subjects
from trellis.foundation.audit.models import AuditBatch, AuditEvent, AuditLeaf
from trellis.foundation.audit.rules import BATCH, NO_HEAD, Batch, Event, Leaf, batch_of, leaf
from trellis.foundation.record.guard import writing

EVENTS, BATCHES, LEAVES = (model._meta.db_table for model in (AuditEvent, AuditBatch, AuditLeaf))
UNSEALED = f"{EVENTS} e LEFT JOIN {LEAVES} l ON l.event = e.id WHERE l.event IS NULL"
#: SQLite has one writer; on PostgreSQL sealers wait for each other
LOCK = {"sqlite": "SELECT 1", "postgresql": "SELECT 1 FROM pg_advisory_xact_lock(1953457516)"}
#: as both databases say it; `at` is UTC, on SQLite as short as it was kept: the plus keeps it text, as it lies there
COLUMNS = {
    "sqlite": "e.id, +e.at, e.actor, e.roles, e.verb, e.object, e.subjects, e.request_id, e.address",
    "postgresql": "e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), e.actor, e.roles, e.verb, "
    "e.object, e.subjects::text, e.request_id, host(e.address)",
}
TOGETHER = 16  # batches
NOW = "pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
TX = {"sqlite": "NULL", "postgresql": "e.tx::text::bigint"}
#: what may be sealed now. A transaction that lies ahead of all is of another life of this database, before it was
#: restored and counted anew.
SETTLED = {
    "sqlite": f"e.id > (SELECT COALESCE(MAX(event), 0) FROM {LEAVES})",
    "postgresql": f"(e.tx < pg_snapshot_xmin(pg_current_snapshot()) OR {TX['postgresql']} >= {NOW})",
}
ORDER = {"sqlite": "e.id", "postgresql": "e.tx, e.id"}
#: the sealer's own transaction, numbered after it read what waits: whoever writes in a later one takes an id above all
#: that were read. (xmax would not do: a transaction that goes on may lie above it.)
HORIZON = {"sqlite": "SELECT NULL", "postgresql": "SELECT pg_current_xact_id()::text::bigint"}
#: an event that no honest writer left unsealed: it stands before what was sealed, or has an id of long ago and is new
SLIPPED_IN = {
    "sqlite": f"e.id < (SELECT COALESCE(MAX(event), 0) FROM {LEAVES})",
    "postgresql": f"EXISTS (SELECT 1 FROM {BATCHES} b WHERE b.tx < {NOW} AND b.horizon <= {NOW} AND ("
    f"({TX['postgresql']}, e.id) < (b.tx, b.last) OR (e.id < b.highest AND {TX['postgresql']} >= b.horizon)))",
}


class Waiting(NamedTuple):
    tx: int | None
    event: Event


def seal() -> int:
    """Seal all that waits now; the number of events. What people write meanwhile is left for the next time.

    A round that was not full took the last there was: to ask for more would never end while somebody writes.
    """
    sealed = count = _seal_some()
    while count == TOGETHER * BATCH:
        count = _seal_some()
        sealed += count
    return sealed


def _seal_some() -> int:
    """A few batches in one transaction: short, for on SQLite nobody else writes meanwhile."""
    with transaction.atomic(), writing("audit"):
        _ask(LOCK[connection.vendor])
        waiting = _waiting()
        horizon = _ask(HORIZON[connection.vendor]) if waiting else None
        for n in range(0, len(waiting), BATCH):
            _seal(waiting[n : n + BATCH], horizon)
    return len(waiting)


def _seal(waiting: list[Waiting], horizon: int | None) -> None:
    last = AuditBatch.objects.order_by("-number").values_list("number", "head", "highest").first()
    number, head, highest = last or (0, NO_HEAD, 0)
    leaves = [Leaf(event.id, leaf(event)) for _, event in waiting]
    made = batch_of(number + 1, head, leaves)
    highest = max(highest, *(one.event for one in leaves))
    AuditBatch(**made._asdict(), highest=highest, tx=waiting[-1].tx, horizon=horizon).save(force_insert=True)
    AuditLeaf.objects.bulk_create(
        AuditLeaf(event=one.event, batch=made.number, position=place, hash=one.hash) for place, one in enumerate(leaves)
    )
    subjects.fill(made.number, made.number)


def _waiting() -> list[Waiting]:
    vendor = connection.vendor
    sql = (
        f"SELECT {TX[vendor]}, {COLUMNS[vendor]} FROM {UNSEALED} AND {SETTLED[vendor]} AND NOT {SLIPPED_IN[vendor]} "
        f"ORDER BY {ORDER[vendor]} LIMIT {TOGETHER * BATCH}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [Waiting(tx, event_of(tuple(row))) for tx, *row in cursor.fetchall()]


def _ask(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def event_of(row: tuple[object, ...]) -> Event:
    """A row of COLUMNS. SQLite keeps an instant as short as it is."""
    id, at, *rest = row
    return Event(id, to_the_microsecond(str(at)), *rest)  # type: ignore[arg-type]


def to_the_microsecond(at: str) -> str:
    return at if len(at) == 26 else (at if "." in at else at + ".").ljust(26, "0")


def head() -> Batch | None:
    row = AuditBatch.objects.order_by("-number").values_list(*Batch._fields).first()
    return Batch(*row) if row else None
