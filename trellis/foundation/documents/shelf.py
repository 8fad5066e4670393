"""Where files lie: one folder outside the web root, which only its owner opens; random names; each sealed under a key
of its own. Who finds the disk finds noise."""

import base64
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


class Damaged(Exception):
    """The file is not there, or is not the one that was kept."""


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def put(name: str, data: bytes) -> str:
    """On the disk, whole, before this returns; answers its key. The row that names it comes after."""
    key, nonce = AESGCM.generate_key(bit_length=256), os.urandom(NONCE)
    path = _path(name)
    for folder in (root(), path.parent):
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    try:
        _write(path, nonce + AESGCM(key).encrypt(nonce, data, name.encode()))
    except OSError:  # a full disk, most likely
        with suppress(OSError):
            path.unlink()
        raise
    for folder in (path.parent, root(), root().parent):
        _settle(folder)
    return base64.b64encode(key).decode()


def take(name: str, key: str) -> bytes:
    try:
        sealed = _path(name).read_bytes()
        return AESGCM(base64.b64decode(key)).decrypt(sealed[:NONCE], sealed[NONCE:], name.encode())
    except (OSError, InvalidTag, ValueError) as fault:
        raise Damaged(name) from fault


def has(name: str) -> bool:
    return _path(name).is_file()


def files() -> Iterator[tuple[str, Path, float]]:
    """Everything that lies there: its name, where, and when it was written (seconds of the wall's clock)."""
    for path in sorted(root().glob("??/*")):
        with suppress(FileNotFoundError):
            yield path.name, path, path.stat().st_mtime


def _path(name: str) -> Path:
    assert name.isalnum(), "the name of a document is a public id"
    return root() / name[:2] / name


def _write(path: Path, sealed: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, PRIVATE_FILE)
    with open(descriptor, "wb") as out:
        out.write(sealed)
        out.flush()
        os.fsync(descriptor)


def _settle(folder: Path) -> None:
    """A name in a folder is on the disk when the folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
