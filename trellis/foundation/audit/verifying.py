"""Looks whether every sealed event is as it was. Reads everything once, batch by batch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby
from math import inf
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Max

from trellis.foundation.audit.checkpoints import Checkpoint
from trellis.foundation.audit.models import AuditBatch, AuditEvent, AuditLeaf
from trellis.foundation.audit.rules import Batch, Broken, Changed, Event, Kind, Leaf, Row, faults, is_whole, kinds
from trellis.foundation.audit.sealing import COLUMNS, EVENTS, LEAVES, SLIPPED_IN, UNSEALED, to_the_microsecond

PIECE = 5_000
#: after the last one
NO_PIECE: tuple[float, list[Row]] = (inf, [])


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
    number, rows = next(pieces, NO_PIECE)
    for batch in _batches(newest):
        mine: list[Row] = []
        while number <= batch.number:
            if number == batch.number:
                mine = rows
            number, rows = next(pieces, NO_PIECE)
        if not is_whole(batch, before, mine):
            found, other = faults(batch, before, *_apart(mine))
            broken += found
            changed += other
        before, done = batch, done + len(mine)
        tell(done, all)
    return broken + kinds(changed)


def _apart(rows: list[Row]) -> tuple[list[Leaf], dict[int, Event]]:
    """The leaves in their places, and those events of theirs that exist."""
    return [Leaf(*row[:2]) for row in rows], {row[0]: Event(*row[2:]) for row in rows if row[2] is not None}


def _batches(newest: int) -> Iterator[Batch]:
    found = AuditBatch.objects.filter(number__lte=newest).order_by("number")
    return (Batch(*row) for row in found.values_list(*Batch._fields).iterator(PIECE))


def _pieces(newest: int) -> Iterator[tuple[int, list[Row]]]:
    """Batch by batch: its leaves in their places, each with its event."""
    for number, rows in groupby(_rows(newest), key=itemgetter(0)):
        yield (
            number,
            [(sealed, hash, id, to_the_microsecond(str(at)), *rest) for _, sealed, hash, id, at, *rest in rows],
        )


def _rows(newest: int) -> Iterator[Row]:
    sql = (
        f"SELECT l.batch, l.event, l.hash, {COLUMNS[connection.vendor]} FROM {LEAVES} l "
        f"LEFT JOIN {EVENTS} e ON e.id = l.event WHERE l.batch <= %s ORDER BY l.batch, l.position"
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, [newest])
        yield from chain.from_iterable(iter(partial(cursor.fetchmany, PIECE), []))


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
