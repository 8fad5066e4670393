"""Looks whether every sealed event is as it was. Reads everything once, batch by batch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection

from trellis.foundation.audit.checkpoints import Checkpoint
from trellis.foundation.audit.models import AuditBatch, AuditEvent, AuditLeaf
from trellis.foundation.audit.rules import Batch, Broken, Event, Kind, Leaf, faults
from trellis.foundation.audit.sealing import COLUMNS, EVENTS, LEAVES, SLIPPED_IN, UNSEALED, event_of

PIECE = 5_000


@dataclass(frozen=True)
class Found:
    events: int
    sealed: int
    broken: list[Broken]

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": not self.broken,
            "table": EVENTS,
            "events": self.events,
            "sealed": self.sealed,
            "broken": [{"event": one.event, "kind": one.kind.value} for one in self.broken],
        }


def verify(checkpoint: Checkpoint | None = None, tell: Callable[[int, int], None] = lambda done, all: None) -> Found:
    """`tell` hears how many sealed events were looked at, and of how many."""
    sealed = AuditLeaf.objects.count()
    broken = [*_sealed(sealed, tell), *_slipped_in()]
    if checkpoint:
        broken += _cut_off(checkpoint)
    return Found(AuditEvent.objects.count(), sealed, sorted(set(broken)))


def _sealed(all: int, tell: Callable[[int, int], None]) -> Iterator[Broken]:
    before: Batch | None = None
    done = 0
    pieces = _pieces()
    number, leaves, events = next(pieces, (None, [], {}))
    for batch in _batches():
        mine: tuple[list[Leaf], dict[int, Event]] = ([], {})
        while number is not None and number <= batch.number:
            if number == batch.number:
                mine = (leaves, events)
            number, leaves, events = next(pieces, (None, [], {}))
        yield from faults(batch, before, *mine)
        before, done = batch, done + len(mine[0])
        tell(done, all)
    if number is not None:  # leaves whose batches are gone
        yield Broken(leaves[0].event, Kind.TRUNCATION)


def _batches() -> Iterator[Batch]:
    found = AuditBatch.objects.order_by("number").values_list("number", "first", "last", "size", "root", "head")
    return (Batch(*row) for row in found.iterator(PIECE))


def _pieces() -> Iterator[tuple[int, list[Leaf], dict[int, Event]]]:
    """Batch by batch: its leaves in their places, and those events of theirs that exist."""
    for number, rows in groupby(_rows(), key=lambda row: row[0]):
        leaves, events = [], {}
        for _, at, hash, *row in rows:
            leaves.append(Leaf(at, hash))
            if row[0] is not None:
                events[at] = event_of(tuple(row))
        yield number, leaves, events


def _rows() -> Iterator[tuple[Any, ...]]:
    sql = (
        f"SELECT l.batch, l.event, l.hash, {COLUMNS[connection.vendor]} FROM {LEAVES} l "
        f"LEFT JOIN {EVENTS} e ON e.id = l.event ORDER BY l.batch, l.position"
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(PIECE):
            yield from rows


def _slipped_in() -> Iterator[Broken]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT e.id FROM {UNSEALED} AND {SLIPPED_IN[connection.vendor]}")
        yield from (Broken(row[0], Kind.INSERTION) for row in cursor.fetchall())


def _cut_off(checkpoint: Checkpoint) -> Iterator[Broken]:
    """What was sealed when the checkpoint was written must still be there, as it was."""
    if not checkpoint.batch:
        return
    there = AuditBatch.objects.filter(number=checkpoint.batch).values_list("head", flat=True).first()
    if there is None:
        yield Broken(checkpoint.last, Kind.TRUNCATION)
    elif there != checkpoint.head:
        yield Broken(checkpoint.last, Kind.EDIT)
