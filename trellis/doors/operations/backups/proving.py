"""Restores a backup where nobody works, and looks whether all is there that its manifest names."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from trellis.doors.operations.backups import private
from trellis.doors.operations.backups.databases import ENGINES
from trellis.doors.operations.backups.databases.pointing import content
from trellis.doors.operations.backups.keys import Identity
from trellis.doors.operations.backups.manifest import Manifest
from trellis.doors.operations.backups.reading import Opened, Tell, nobody, opened
from trellis.doors.operations.retention.ledger import Ledger
from trellis.foundation.audit import verifying
from trellis.foundation.record import triggers

OTHER_KEYS = (
    "It was made with other field keys than this installation's: drafts and second factors stay closed. Put the "
    "secrets of that installation in place (var/secrets.json, or FIELD_KEYS)."
)
STRANGE = (
    "{} lines of the ledger of deletions were not signed by this installation's field keys and were not believed. With "
    "the old field keys in place the worker deletes these people again."
)


@dataclass(frozen=True)
class Looked:
    """What a restored database turned out to be."""

    wrong: tuple[str, ...] = ()  # it is not what was backed up: nobody should work on it
    faults: tuple[str, ...] = ()  # it is, and this was not right in it already
    migrations: int = 0  # that it was behind, and that were applied
    events: int = 0
    sealed: int = 0


@dataclass(frozen=True)
class Proof:
    manifest: Manifest
    digest: str
    documents: int
    same_keys: bool
    looked: Looked | None  # None: it could not be restored here; its hashes are right
    #: of a restore alone: who was deleted since the backup was made, and how many of them were in it
    ledger: Ledger | None = None
    deleted_again: int = 0

    @property
    def faults(self) -> list[str]:
        looked = self.looked or Looked()
        strange = len(self.ledger.strange) if self.ledger else 0
        found = [*looked.wrong, *looked.faults, *([] if self.same_keys else [OTHER_KEYS])]
        return [*found, *([STRANGE.format(strange)] if strange else [])]

    def as_json(self) -> dict[str, Any]:
        said, looked = self.manifest, self.looked or Looked()
        return {
            "ok": not self.faults,
            "made_at": said.made_at.isoformat(),
            "trellis": said.trellis,
            "engine": said.engine,
            "sha256": self.digest,
            "restored": self.looked is not None,
            "tables": len(said.tables),
            "rows": said.rows,
            "newest_event": said.newest_event,
            "events": looked.events,
            "sealed": looked.sealed,
            "migrations": looked.migrations,
            "documents": self.documents if said.documents else None,
            "same_keys": self.same_keys,
            "ledger": None if self.ledger is None else bool(self.ledger.files),
            "deleted_again": self.deleted_again,
            "faults": self.faults,
        }


def verify(file: Path, identities: list[Identity], tell: Tell = nobody) -> Proof:
    with private.folder(Path(settings.VAR)) as folder:
        return prove(opened(file, identities, folder, tell), tell)


def prove(found: Opened, tell: Tell = nobody) -> Proof:
    tell("Restoring apart", 0, 1)
    with ENGINES[found.manifest.engine].apart(found.database, found.folder.parent) as restored:
        looked = look(found.manifest, tell) if restored else None
    return Proof(found.manifest, found.digest, found.documents, found.same_keys, looked)


def look(manifest: Manifest, tell: Tell = nobody) -> Looked:
    """At the database that `default` names: first as it came, then as this version of Trellis needs it."""
    engine = ENGINES[manifest.engine]
    damage = engine.damage()
    if damage:
        return Looked(wrong=(damage,))
    try:
        wrong, loose = _differences(manifest), engine.loose_keys()
        if wrong:
            return Looked(wrong=tuple(wrong))
        behind = migrate()
        trail = verifying.verify(manifest.checkpoint, lambda done, all: tell("Looking at the audit trail", done, all))
    except DatabaseError as fault:
        return Looked(wrong=(f"The restored database refused a question ({type(fault).__name__}).",))
    return Looked((), tuple(_faults(loose, trail)), behind, trail.events, trail.sealed)


def _differences(manifest: Manifest) -> list[str]:
    there = content()
    wrong = [
        f"{table} has {there.tables.get(table, 'no')} rows, {rows} were backed up."
        for table, rows in manifest.tables.items()
        if there.tables.get(table) != rows
    ]
    if there.newest_event != manifest.newest_event:
        wrong.append(f"The newest event is {there.newest_event}, {manifest.newest_event} was backed up.")
    return wrong


def _faults(loose: list[str], trail: verifying.Found) -> list[str]:
    faults = [f"Rows of {table} point to rows that are not there." for table in loose]
    if trail.broken:
        faults.append(f"The audit trail is broken at {len(trail.broken)} events. Run: trellis audit verify")
    if triggers.missing(connection):
        faults.append("The database lost guards that keep facts from being overwritten. Run: trellis migrate")
    return faults


def migrate() -> int:
    """Bring the database that `default` names up to this version; answers how far it was behind."""
    executor = MigrationExecutor(connection)
    behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if behind:
        call_command("migrate", verbosity=0, interactive=False)
    return behind
