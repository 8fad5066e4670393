"""The chain, pure: what is hashed, how batches hang together, and what a difference means.

A leaf is SHA-256 of 0x00 and the event, a node of 0x01 and its two children; an odd node is promoted (RFC 9162). A head
is SHA-256 of the head before, the root, the first and last id and the count.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

VERSION = 1
BATCH = 256
NO_HEAD = "0" * 64


class Kind(StrEnum):
    """What happened to an event that was sealed, or that never was."""

    EDIT = "edit"
    DELETION = "deletion"
    REORDER = "reorder"
    INSERTION = "insertion"
    TRUNCATION = "truncation"


@dataclass(frozen=True, order=True)
class Broken:
    event: int
    kind: Kind


class Event(NamedTuple):
    """A row as the database holds it: `at` as text in UTC, `subjects` as JSON text."""

    id: int
    at: str
    actor: str
    roles: str
    verb: str
    object: str
    subjects: str
    request_id: str
    address: str | None


class Leaf(NamedTuple):
    event: int
    hash: str


class Batch(NamedTuple):
    number: int
    first: int
    last: int
    size: int
    root: str
    head: str


def leaf(event: Event, *, as_id: int | None = None) -> str:
    """The id is part of what is hashed: two events that changed places differ both."""
    body = [VERSION, event.id if as_id is None else as_id, *event[1:]]
    return hashlib.sha256(b"\0" + _encode(body).encode()).hexdigest()


_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def root(leaves: Sequence[str]) -> str:
    """Of at least one leaf, as hex."""
    level = [bytes.fromhex(one) for one in leaves]
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + level[n] + level[n + 1]).digest() for n in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0].hex()


def head(before: str, root: str, first: int, last: int, size: int) -> str:
    return hashlib.sha256(f"{before}{root}{first},{last},{size}".encode()).hexdigest()


def batch_of(number: int, before: str, leaves: Sequence[Leaf]) -> Batch:
    first, last, size = leaves[0].event, leaves[-1].event, len(leaves)
    made = root([one.hash for one in leaves])
    return Batch(number, first, last, size, made, head(before, made, first, last, size))


def faults(batch: Batch, before: Batch | None, leaves: Sequence[Leaf], events: dict[int, Event]) -> Iterable[Broken]:
    """What is wrong with one sealed batch. `leaves` in their places; `events` are those of them that still exist."""
    gone = [one for one in leaves if one.event not in events]
    other = [one for one in leaves if one.event in events and leaf(events[one.event]) != one.hash]
    yield from (Broken(one.event, Kind.DELETION) for one in gone)
    moved = _moved(leaves, [events[one.event] for one in other])
    yield from (Broken(one.event, Kind.REORDER if one.event in moved else Kind.EDIT) for one in other)
    if not gone and not other and not _holds(batch, before, leaves):
        yield Broken(batch.first, Kind.EDIT)  # the seal itself was changed


def _moved(leaves: Sequence[Leaf], suspects: Sequence[Event]) -> set[int]:
    """Events that now stand under an id that another of this batch had."""
    hashes = {one.hash for one in leaves}
    ids = [event.id for event in suspects]
    return {event.id for event in suspects if any(leaf(event, as_id=i) in hashes for i in ids if i != event.id)}


def _holds(batch: Batch, before: Batch | None, leaves: Sequence[Leaf]) -> bool:
    if batch.number != (before.number + 1 if before else 1) or not leaves:
        return False
    return batch_of(batch.number, before.head if before else NO_HEAD, leaves) == batch
