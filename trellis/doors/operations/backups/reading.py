"""Opens a backup into a private folder. Every way in which a file is no backup is named before anything is touched."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from trellis.doors.operations.backups import archive, manifest, sealed
from trellis.doors.operations.backups.faults import CouldNot, NoBackup
from trellis.doors.operations.backups.keys import Identity
from trellis.doors.operations.backups.manifest import DATABASE, DOCUMENTS, Manifest, Part

#: hears what is done now, how much of it is done, and how much there is
Tell = Callable[[str, int, int], None]


def nobody(what: str, done: int, all: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True)
class Opened:
    manifest: Manifest
    same_keys: bool
    digest: str
    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def documents(self) -> int:
        return sum(name.startswith(DOCUMENTS) for name in self.manifest.parts)


def opened(file: Path, identities: list[Identity], folder: Path, tell: Tell = nobody) -> Opened:
    tell("Reading", 0, 3)
    digest = sealed.look(file).digest
    tell("Reading", 1, 3)
    try:
        plain, into = folder / "archive.tar.gz", folder / "content"
        into.mkdir()
        sealed.decrypt(file, plain, identities)
        tell("Reading", 2, 3)
        found = archive.unpack(plain, into)
        plain.unlink()
        said, same = _manifest(into, found)
    except OSError as fault:
        raise CouldNot(f"{folder.parent}: There is no room to open the backup: {fault.strerror or fault}.") from None
    _refuse_newer(said)
    tell("Reading", 3, 3)
    return Opened(said, same, digest, into)


def _manifest(into: Path, found: dict[str, Part]) -> tuple[Manifest, bool]:
    if found.pop(manifest.NAME, None) is None:
        raise NoBackup("It holds no manifest of Trellis, or a damaged one.")
    said, same = manifest.read((into / manifest.NAME).read_bytes())
    if found != said.parts or DATABASE not in found:
        raise NoBackup("The file is damaged: what it holds is not what its manifest names.")
    return said, same


def _refuse_newer(said: Manifest) -> None:
    there = MigrationLoader(None).disk_migrations
    known = {*there, *(old for one in there.values() for old in one.replaces)}
    unknown = sorted(set(said.migrations) - known)
    if unknown:
        raise NoBackup(
            f"It was made by another Trellis ({said.trellis}), whose database has {len(unknown)} migrations that this "
            f"one does not know, {'.'.join(unknown[0])} the first. Install that version."
        )
