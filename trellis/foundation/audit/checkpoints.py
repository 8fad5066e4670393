"""A signed head of the chain, to be kept outside the database: with it a tail that was cut off is missed.

The key is made of the field keys, which stand outside the database; a key that was changed still verifies.
"""

import base64
import json
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from trellis.foundation import clock
from trellis.foundation.audit import sealing
from trellis.foundation.audit.models import AuditLeaf
from trellis.foundation.record import keys

PURPOSE = b"trellis audit checkpoint 1"


class NoCheckpoint(Exception):
    """One sentence: why this is no checkpoint of ours."""


@dataclass(frozen=True)
class Checkpoint:
    """So many events were sealed at `at`: the last batch, the last event in it, the head. All 0 before the first."""

    at: str
    sealed: int
    batch: int
    last: int
    head: str


def take() -> Checkpoint:
    """Seal what waits, and say where the chain stands."""
    sealing.seal()
    last = sealing.head()
    return Checkpoint(
        at=clock.now().isoformat(timespec="seconds"),
        sealed=AuditLeaf.objects.count(),
        batch=last.number if last else 0,
        last=last.last if last else 0,
        head=last.head if last else "",
    )


def written(checkpoint: Checkpoint) -> str:
    """As a file: what is said, and the signature under it."""
    said = asdict(checkpoint)
    return json.dumps(said | {"signature": base64.b64encode(_keys()[0].sign(_bytes(said))).decode()}, indent=1) + "\n"


def read(text: str) -> Checkpoint:
    """Raises NoCheckpoint where it is damaged, or not signed by a key of this installation."""
    try:
        found = json.loads(text)
        signature = base64.b64decode(found.pop("signature"), validate=True)
        checkpoint = Checkpoint(**found)
        known = [type(value) for value in found.values()] == [str, int, int, int, str]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NoCheckpoint("It is no checkpoint, or it is damaged.") from None
    if not known or not any(_signed(key, signature, found) for key in _keys()):
        raise NoCheckpoint("It was changed, or it was signed by another installation.")
    return checkpoint


def _signed(key: Ed25519PrivateKey, signature: bytes, said: dict[str, Any]) -> bool:
    try:
        key.public_key().verify(signature, _bytes(said))
    except InvalidSignature:
        return False
    return True


def _bytes(said: dict[str, Any]) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def _keys() -> list[Ed25519PrivateKey]:
    return [Ed25519PrivateKey.from_private_bytes(keys.derived(key, PURPOSE)) for key in keys.current()]
