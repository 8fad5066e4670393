"""The chain, pure: what is hashed, how batches hang together, and what a difference means.

A leaf is SHA-256 of 0x00 and the event, a node of 0x01 and its two children; an odd node is promoted (RFC 9162). A head
is SHA-256 of the head before, the root, the first and last id and the count.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

VERSION = 1
BATCH = 256
TRIED = 512  # changed events, to see whether they changed places
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


class Changed(NamedTuple):
    """An event whose hash is no longer `hash`, the one that was sealed."""

    event: Event
    hash: str


def faults(
    batch: Batch, before: Batch | None, leaves: Sequence[Leaf], events: dict[int, Event]
) -> tuple[list[Broken], list[Changed]]:
    """What is wrong with one sealed batch. `leaves` in their places; `events` are those of them that still exist."""
    gone = [Broken(one.event, Kind.DELETION) for one in leaves if one.event not in events]
    there = [Changed(events[one.event], one.hash) for one in leaves if one.event in events]
    changed = [one for one in there if leaf(one.event) != one.hash]
    if not gone and not changed and not _holds(batch, before, leaves):
        return [Broken(batch.first, Kind.EDIT)], []  # the seal itself was changed
    return gone, changed


def kinds(changed: Sequence[Changed]) -> list[Broken]:
    """Edited, or now standing under the id that another had: in one batch or far apart.

    Each is tried under the id of each other, so of very many only the first are.
    """
    tried = changed[:TRIED]
    moved = {one.event.id for one in tried if any(_was(one, other) for other in tried)}
    return [Broken(one.event.id, Kind.REORDER if one.event.id in moved else Kind.EDIT) for one in changed]


def _was(one: Changed, other: Changed) -> bool:
    return one is not other and leaf(one.event, as_id=other.event.id) == other.hash


def _holds(batch: Batch, before: Batch | None, leaves: Sequence[Leaf]) -> bool:
    if batch.number != (before.number + 1 if before else 1) or not leaves:
        return False
    return batch_of(batch.number, before.head if before else NO_HEAD, leaves) == batch
