"""The chain, pure: what is hashed, how batches hang together, and what a difference means.

A leaf is SHA-256 of 0x00 and the event, a node of 0x01 and its two children; an odd node is promoted (RFC 9162). A head
is SHA-256 of the head before, the root, the first and last id and the count.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from json.encoder import encode_basestring_ascii as quoted
from typing import Any, NamedTuple

VERSION = 1
BATCH = 256
TRIED = 512  # changed events, to see whether they changed places
NO_HEAD = "0" * 64
NODE = 32  # bytes


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
    return _leaf(event.id if as_id is None else as_id, *event[1:])


def _leaf(
    id: int, at: str, actor: str, roles: str, verb: str, object: str, subjects: str, request_id: str,
    address: str | None,
) -> str:  # fmt: skip
    """Of what JSON without spaces and in ASCII would say, put together by hand: a million events are read at a time."""
    try:
        body = (
            f"\0[{VERSION},{id},{quoted(at)},{quoted(actor)},{quoted(roles)},{quoted(verb)},{quoted(object)},"
            f"{quoted(subjects)},{quoted(request_id)},{'null' if address is None else quoted(address)}]"
        )
    except TypeError:  # bytes or nothing where a text was: no text says the same
        body = f"\0{(id, at, actor, roles, verb, object, subjects, request_id, address)!r}"
    return hashlib.sha256(body.encode()).hexdigest()


def root(leaves: Sequence[str]) -> str:
    """Of at least one leaf, as hex."""
    level = bytes.fromhex("".join(leaves))
    while len(level) > NODE:
        pairs = [
            hashlib.sha256(b"\1" + level[n : n + 2 * NODE]).digest() for n in range(0, len(level) - NODE, 2 * NODE)
        ]
        level = b"".join(pairs) + level[2 * NODE * len(pairs) :]
    return level.hex()


def head(before: str, root: str, first: int, last: int, size: int) -> str:
    return hashlib.sha256(f"{before}{root}{first},{last},{size}".encode()).hexdigest()


def batch_of(number: int, before: str, leaves: Sequence[Leaf]) -> Batch:
    return _batch(number, before, leaves[0].event, leaves[-1].event, [one.hash for one in leaves])


def _batch(number: int, before: str, first: int, last: int, hashes: Sequence[str]) -> Batch:
    made, size = root(hashes), len(hashes)
    return Batch(number, first, last, size, made, head(before, made, first, last, size))


#: a leaf and its event as one row: the leaf's event, its hash, then the columns of the event, or nothing but None
Row = tuple[Any, ...]


def is_whole(batch: Batch, before: Batch | None, rows: Sequence[Row]) -> bool:
    """Whether `faults` would find nothing at all: the same answer in a third of the time, for what nobody touched."""
    sealed = [row[1] for row in rows]
    if not rows or sealed != [_leaf(*row[2:]) for row in rows] or batch.number != _next(before):
        return False
    return batch == _batch(batch.number, before.head if before else NO_HEAD, rows[0][0], rows[-1][0], sealed)


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
    if batch.number != _next(before) or not leaves:
        return False
    return batch_of(batch.number, before.head if before else NO_HEAD, leaves) == batch


def _next(before: Batch | None) -> int:
    return before.number + 1 if before else 1
