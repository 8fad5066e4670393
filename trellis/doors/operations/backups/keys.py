"""Who may open a backup (age), and which installation made it (the field keys, of which only a fingerprint leaves)."""

import hashlib
import hmac
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyrage

from trellis.doors.operations.backups.faults import CouldNot
from trellis.foundation.record import keys as field_keys

#: pyrage tells no types
Recipient = Any
Identity = Any
PRIVATE = "AGE-SECRET-KEY-"
NO_RECIPIENTS = (
    "Nobody could open the backup: TRELLIS_BACKUP_RECIPIENTS names no public key. Run on another machine: "
    "trellis backup key FILE, keep FILE in a safe place, and set TRELLIS_BACKUP_RECIPIENTS to the public key it prints."
)


def recipients(named: Sequence[str]) -> list[Recipient]:
    """Public keys, or names of files that hold some, one a line."""
    found: list[Recipient] = []
    for one in filter(None, (one.strip() for one in named)):
        lines = [one] if one.startswith(("age1", PRIVATE)) else _lines(Path(one), "TRELLIS_BACKUP_RECIPIENTS")
        found += [_recipient(line) for line in lines]
    if not found:
        raise CouldNot(NO_RECIPIENTS)
    return found


def _recipient(text: str) -> Recipient:
    if text.startswith(PRIVATE):
        raise CouldNot("TRELLIS_BACKUP_RECIPIENTS holds a private key. Take it away: here belongs the public one.")
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise CouldNot(f"TRELLIS_BACKUP_RECIPIENTS: {text[:70]!r} is no age public key.") from None


def identities(file: Path) -> list[Identity]:
    """The private keys in a file, as `trellis backup key` or age-keygen write it."""
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in _lines(file, "--identity")]
    except pyrage.IdentityError:
        raise CouldNot(f"{file}: It holds something that is no age private key.") from None
    if not found:
        raise CouldNot(f"{file}: It holds no age private key.")
    return found


def _lines(file: Path, what: str) -> list[str]:
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
    except (OSError, UnicodeDecodeError) as fault:
        raise CouldNot(f"{what}: {file} cannot be read: {getattr(fault, 'strerror', 'it is no text')}.") from None
    return [line for line in lines if line and not line.startswith("#")]


def make(file: Path) -> str:
    """A new key in a file that only its owner reads; answers the public one."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise CouldNot(f"{file}: It cannot be written: {fault.strerror}.") from None
    with os.fdopen(descriptor, "w") as out:
        out.write(f"# public key: {public}\n{identity}\n")
    return public


# --- which installation -----------------------------------------------------------------------------------------------


def fingerprint() -> str:
    """Of the newest field key. It says which key is meant and nothing about it."""
    return field_keys.name_of(field_keys.current()[0])


def seal(fingerprint: str, said: bytes) -> str:
    """With the key that the backup names: keys may be changed while it is made."""
    key = _named(fingerprint)
    if key is None:
        raise CouldNot("The field key was let go while the backup was made. Make it again.")
    return _seal(key, said)


def sealed_here(fingerprint: str, said: bytes, seal: str) -> bool | None:
    """None: it was made with other field keys, so nothing can be said."""
    key = _named(fingerprint)
    return hmac.compare_digest(_seal(key, said), seal) if key else None


def _named(fingerprint: str) -> str | None:
    return next((key for key in field_keys.current() if field_keys.name_of(key) == fingerprint), None)


def _seal(key: str, said: bytes) -> str:
    return hmac.new(field_keys.derived(key, b"trellis backup seal 1"), said, hashlib.sha256).hexdigest()
