"""The field keys: the first seals, all open. They stand outside the database, in the environment or in a file.

A file is looked at each time. What another process seals under a key that was made a moment ago opens here without a
new start, since the key lies in the file before anything is sealed under it.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

Keys = tuple[str, ...]


def current() -> Keys:
    file: Path | None = settings.FIELD_KEYS_FILE
    if file is None:
        return tuple(settings.FIELD_KEYS)
    try:
        there = os.stat(file)
        return _read(file, (there.st_ino, there.st_size, there.st_mtime_ns))
    except (OSError, ValueError, KeyError):  # gone, or in the middle of somebody's editing: as at the start
        return tuple(settings.FIELD_KEYS)


@lru_cache(maxsize=2)
def _read(file: Path, _stamp: tuple[int, ...]) -> Keys:
    return tuple(of(json.loads(file.read_text())))


def of(secrets: Mapping[str, Any]) -> list[str]:
    """The keys in the file's data. Before keys could be changed, it held one under another name."""
    return list(secrets["field_keys"]) if "field_keys" in secrets else [secrets["field_key"]]


def name_of(key: str) -> str:
    """It says which key is meant and nothing about it. Backups name their installation by it too."""
    return hashlib.sha256(derived(key, b"trellis backup fingerprint 1")).hexdigest()[:16]


def derived(key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(key.encode())


# --- changing the file ------------------------------------------------------------------------------------------------


def put_first(file: Path, key: str) -> None:
    _change(file, lambda held: [key, *held])


def let_go(file: Path, key: str) -> None:
    _change(file, lambda held: [one for one in held if one != key])


def _change(file: Path, change: Callable[[list[str]], list[str]]) -> None:
    file = file.resolve()  # where a link leads, not the link, is replaced
    with _alone(file.parent) as folder:
        secrets = json.loads(file.read_text())
        keys = change(of(secrets))
        secrets.pop("field_key", None)
        _replace(file, json.dumps(secrets | {"field_keys": keys}))
        os.fsync(folder)


def _replace(file: Path, text: str) -> None:
    """On the disk before anything is sealed under it, and whole at any instant: a key that is lost opens nothing."""
    owner = file.stat()
    beside = file.with_name(f".{file.name}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        os.fchmod(descriptor, 0o600)
        # An administrator may run the command; the servers, which are another user, must go on reading.
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
        out.write(text)
        out.flush()
        os.fsync(descriptor)
    beside.replace(file)


@contextmanager
def _alone(folder: Path) -> Iterator[int]:
    """Two commands at once: the second waits, and reads what the first has written."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
