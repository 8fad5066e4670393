"""One backup, while people work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from trellis.doors.operations.backups import archive, documents, keys, manifest, private, proving, sealed
from trellis.doors.operations.backups.databases import ENGINES
from trellis.doors.operations.backups.databases.pointing import Content
from trellis.doors.operations.backups.faults import CouldNot
from trellis.doors.operations.backups.gently import gently
from trellis.doors.operations.backups.manifest import DATABASE, Manifest, Part
from trellis.doors.operations.backups.reading import Tell, nobody
from trellis.doors.operations.backups.rules import name_of
from trellis.foundation import clock
from trellis.foundation.audit import checkpoints
from trellis.foundation.audit.checkpoints import Checkpoint


@dataclass(frozen=True)
class Made:
    file: Path
    bytes: int
    manifest: Manifest
    faults: list[str]  # of the database itself, which was backed up all the same
    proof: proving.Proof | None  # None: nobody gave a private key

    @property
    def documents(self) -> int:
        return len(self.manifest.parts) - 1

    def as_json(self) -> dict[str, Any]:
        said = self.manifest
        return {
            "file": str(self.file),
            "bytes": self.bytes,
            "made_at": said.made_at.isoformat(),
            "engine": said.engine,
            "tables": len(said.tables),
            "rows": said.rows,
            "newest_event": said.newest_event,
            "documents": self.documents if said.documents else None,
            "proof": self.proof.as_json() if self.proof else None,
        }


def create(
    target: Path, recipients: list[keys.Recipient], identities: list[keys.Identity] | None = None, tell: Tell = nobody
) -> Made:
    """`target` is a file that is not there yet, or a folder. With a private key the file is proved by restoring it.

    Whoever works is not to feel it: it takes longer while the machine is busy.
    """
    return gently(partial(_create, target, recipients, identities, tell))


def _create(target: Path, recipients: list[keys.Recipient], identities: list[keys.Identity] | None, tell: Tell) -> Made:
    if target.exists() and not target.is_dir():
        raise CouldNot(f"{target} is there already. Nothing is overwritten: choose another name.")
    begun = clock.now()  # before the copy: what was acknowledged by now is in it
    checkpoint = checkpoints.take()
    with private.folder(Path(settings.VAR)) as folder:
        tell("Copying the database", 0, 1)
        copy, content = ENGINES[connection.vendor].copy(folder)
        parts = [(DATABASE, copy), *documents.parts()]
        told: list[Manifest] = []

        def said(hashes: dict[str, Part]) -> bytes:
            told.append(_manifest(content, begun, checkpoint, hashes))
            return manifest.written(told[0])

        pieces = archive.packed(parts, said, _counting(tell, parts))
        file = sealed.write(*_place(target, begun), pieces, recipients)
    proof = _proof(file, identities, tell) if identities else None
    return Made(file, file.stat().st_size, told[0], [] if proof else _faults(content), proof)


def _faults(content: Content) -> list[str]:
    return [f"Rows of {table} point to rows that are not there." for table in content.loose_keys]


def _place(target: Path, begun: datetime) -> tuple[Path, Callable[[str], str]]:
    if target.is_dir():
        return target, lambda digest: name_of(begun, digest)
    return target.absolute().parent, lambda digest: target.name


def _manifest(content: Content, begun: datetime, checkpoint: Checkpoint, parts: dict[str, Part]) -> Manifest:
    return Manifest(
        made_at=begun,
        trellis=version("trellis"),
        engine="sqlite" if connection.vendor == "sqlite" else "postgresql",
        migrations=content.migrations,
        tables=content.tables,
        newest_event=content.newest_event,
        checkpoint=checkpoint,
        keys=keys.fingerprint(),
        documents=documents.place() is not None,
        parts=parts,
    )


def _counting(tell: Tell, parts: list[tuple[str, Path]]) -> Callable[[int], None]:
    whole, done = sum(path.stat().st_size for _, path in parts), 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        tell("Writing", done, whole)

    return count


def _proof(file: Path, identities: list[keys.Identity], tell: Tell) -> proving.Proof:
    """What cannot be read back keeps no name that promises it can."""
    try:
        return proving.verify(file, identities, tell)
    except CouldNot:
        file.unlink()
        raise
