"""Looks whether every sealed event is as it was. Reads everything once, batch by batch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from math import inf
from typing import Any

from django.db import connection
from django.db.models import Max

from trellis.foundation.audit.checkpoints import Checkpoint
from trellis.foundation.audit.models import AuditBatch, AuditEvent, AuditLeaf
from trellis.foundation.audit.rules import Batch, Broken, Changed, Event, Kind, Leaf, faults, kinds
from trellis.foundation.audit.sealing import COLUMNS, EVENTS, LEAVES, SLIPPED_IN, UNSEALED, event_of

PIECE = 5_000
#: after the last one
NO_PIECE: tuple[float, list[Leaf], dict[int, Event]] = (inf, [], {})


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
    """`tell` hears how many sealed events were looked at, and of how many.

    The house goes on meanwhile: what is sealed after this began is left for the next time.
    """
    newest = AuditBatch.objects.aggregate(newest=Max("number"))["newest"] or 0
    sealed = AuditLeaf.objects.filter(batch__lte=newest).count()
    broken = [*_sealed(newest, sealed, tell), *_without_batch(), *_slipped_in()]
    if checkpoint:
        broken += _cut_off(checkpoint)
    return Found(AuditEvent.objects.count(), sealed, sorted(set(broken)))


def _sealed(newest: int, all: int, tell: Callable[[int, int], None]) -> list[Broken]:
    before: Batch | None = None
    done = 0
    broken: list[Broken] = []
    changed: list[Changed] = []
    pieces = _pieces(newest)
    number, leaves, events = next(pieces, NO_PIECE)
    for batch in _batches(newest):
        mine: tuple[list[Leaf], dict[int, Event]] = ([], {})
        while number <= batch.number:
            if number == batch.number:
                mine = (leaves, events)
            number, leaves, events = next(pieces, NO_PIECE)
        found, other = faults(batch, before, *mine)
        broken += found
        changed += other
        before, done = batch, done + len(mine[0])
        tell(done, all)
    return broken + kinds(changed)


def _batches(newest: int) -> Iterator[Batch]:
    found = AuditBatch.objects.filter(number__lte=newest).order_by("number")
    return (Batch(*row) for row in found.values_list(*Batch._fields).iterator(PIECE))


def _pieces(newest: int) -> Iterator[tuple[int, list[Leaf], dict[int, Event]]]:
    """Batch by batch: its leaves in their places, and those events of theirs that exist."""
    for number, rows in groupby(_rows(newest), key=lambda row: row[0]):
        leaves, events = [], {}
        for _, at, hash, *row in rows:
            leaves.append(Leaf(at, hash))
            if row[0] is not None:
                events[at] = event_of(tuple(row))
        yield number, leaves, events


def _rows(newest: int) -> Iterator[tuple[Any, ...]]:
    sql = (
        f"SELECT l.batch, l.event, l.hash, {COLUMNS[connection.vendor]} FROM {LEAVES} l "
        f"LEFT JOIN {EVENTS} e ON e.id = l.event WHERE l.batch <= %s ORDER BY l.batch, l.position"
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, [newest])
        while rows := cursor.fetchmany(PIECE):
            yield from rows


def _without_batch() -> Iterator[Broken]:
    """Leaves whose batch is gone."""
    found = AuditLeaf.objects.exclude(batch__in=AuditBatch.objects.values("number")).order_by("event")
    yield from (Broken(event, Kind.TRUNCATION) for event in found.values_list("event", flat=True)[:1])


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
