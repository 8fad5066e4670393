"""Backups taken apart and put together, for their tests."""

import json
from pathlib import Path

from trellis.doors.operations.backups import archive, keys, manifest, sealed


def taken_apart(file: Path, key: Path, into: Path) -> tuple[list[tuple[str, Path]], dict]:
    """The parts of a backup, and its manifest as a dictionary."""
    into.mkdir()
    sealed.decrypt(file, into / "plain", keys.identities(key))
    found = archive.unpack(into / "plain", into)
    said = json.loads(json.loads((into / manifest.NAME).read_text())["manifest"])
    return [(name, into / name) for name in found if name != manifest.NAME], said


def put_together(folder: Path, name: str, parts, said: bytes, recipients) -> Path:
    """As somebody would who knows the public key and the format, and writes a manifest of their own."""
    pieces = archive.packed(parts, lambda hashes: said, lambda more: None)
    return sealed.write(folder, lambda digest: name, pieces, recipients)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
