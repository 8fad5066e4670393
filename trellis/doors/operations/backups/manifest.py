"""What a backup says of itself: all that must be found again when it is restored."""

import json
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from trellis.doors.operations.backups import keys
from trellis.doors.operations.backups.faults import NoBackup
from trellis.foundation.audit.checkpoints import Checkpoint

NAME = "manifest.json"
DATABASE = "database"
DOCUMENTS = "documents/"


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    bytes: int
    sha256: str


class Manifest(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    made_at: datetime  # what was recorded by then is in it
    trellis: str
    engine: Literal["sqlite", "postgresql"]
    migrations: list[tuple[str, str]]
    tables: dict[str, int]  # name → rows
    newest_event: int  # 0: none
    checkpoint: Checkpoint  # where the sealed trail stood when the copy began
    keys: str  # fingerprint of the field key, which is not in the backup
    documents: bool  # False: this installation keeps no documents
    parts: dict[str, Part]

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def written(manifest: Manifest) -> bytes:
    said = manifest.model_dump_json()
    return json.dumps({"manifest": said, "seal": keys.seal(manifest.keys, said.encode())}).encode()


def read(text: bytes) -> tuple[Manifest, bool]:
    """The manifest, and whether this installation has the keys that it was made with."""
    try:
        found = json.loads(text)
        said, seal = str(found["manifest"]), str(found["seal"])
        manifest = Manifest.model_validate_json(said)
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError):
        raise NoBackup("It holds no manifest of Trellis, or a damaged one.") from None
    same = keys.sealed_here(manifest.keys, said.encode(), seal)
    if same is False:
        raise NoBackup("It was changed: it names this installation's key and is not sealed with it.")
    return manifest, bool(same)
