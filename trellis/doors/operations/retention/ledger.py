"""Who was deleted, kept outside the database: one signed line each, beside the data and where checkpoints are kept.

A backup that is older than a deletion brings the deleted back; whoever restores it asks this ledger. A line holds ids
and a hash, no name. Only lines that a field key of this installation signed are believed: a stranger's line would
delete somebody.
"""

import fcntl
import hmac
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from trellis.doors.operations.models import Tombstone
from trellis.foundation.record import keys

NAME = "deleted.jsonl"
PURPOSE = b"trellis ledger of deletions 1"


@dataclass(frozen=True)
class Entry:
    subject: str
    sha256: str
    kinds: tuple[str, ...]
    at: str
    by: str


@dataclass(frozen=True)
class Ledger:
    """What all places hold together. `files`: where one was found; `strange`: lines that are not ours."""

    files: tuple[Path, ...]
    entries: dict[str, Entry]
    strange: tuple[str, ...]


def places() -> list[Path]:
    folders = [Path(settings.VAR), *([Path(settings.CHECKPOINT_FOLDER)] if settings.CHECKPOINT_FOLDER else [])]
    return [folder / NAME for folder in folders]


def read(files: Iterable[Path] | None = None) -> Ledger:
    there = tuple(file for file in (places() if files is None else files) if file.exists())
    entries: dict[str, Entry] = {}
    strange: dict[str, None] = {}
    for file in there:
        for line in filter(None, file.read_text().splitlines()):
            entry = _entry(line)
            if entry:
                entries[entry.sha256] = entry
            else:
                strange[line] = None
    return Ledger(there, entries, tuple(strange))


def unwritten() -> int:
    """How many deletions stand in the database and in no ledger."""
    written = read().entries
    return sum(one not in written for one in Tombstone.objects.values_list("sha256", flat=True))


def keep() -> None:
    """Bring every place up to what all of them and the database know. It may be done again at any time."""
    for file in places():
        file.parent.mkdir(parents=True, exist_ok=True)
        with _alone(file.parent):
            known = read()
            entries = known.entries | {one.sha256: _of(one) for one in Tombstone.objects.order_by("pk")}
            lines = [*map(_line, sorted(entries.values(), key=lambda one: (one.at, one.sha256))), *known.strange]
            _write(file, "".join(f"{line}\n" for line in lines))


def _of(row: Tombstone) -> Entry:
    return Entry(row.subject, row.sha256, tuple(row.kinds), row.at.isoformat(timespec="seconds"), row.by)


def _line(entry: Entry) -> str:
    said = asdict(entry)
    return json.dumps(said | {"signature": _signature(keys.current()[0], said)})


def _entry(line: str) -> Entry | None:
    try:
        said = json.loads(line)
        signature = said.pop("signature")
        entry = Entry(**said | {"kinds": tuple(said["kinds"])})
        ours = any(hmac.compare_digest(_signature(key, asdict(entry)), signature) for key in keys.current())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return entry if ours else None


def _signature(key: str, said: dict[str, Any]) -> str:
    text = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    return hmac.new(keys.derived(key, PURPOSE), text, "sha256").hexdigest()


def _write(file: Path, text: str) -> None:
    """Beside, then in its place: whoever copies the folder never copies half a file."""
    if file.exists() and file.read_text() == text:
        return
    fresh = file.with_suffix(".part")
    with fresh.open("w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two who delete at once: the second waits, and reads what the first has written."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
