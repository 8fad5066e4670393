"""Secrets are made once, by setup, and kept in a file that only its owner reads."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet


def read_or_make(path: Path) -> dict[str, Any]:
    """The installation's secrets; made at first use, so that no two installations share any."""
    if path.exists():
        return dict(json.loads(path.read_text()))
    path.parent.mkdir(parents=True, exist_ok=True)
    made = {"secret_key": secrets.token_urlsafe(64), "field_keys": [Fernet.generate_key().decode()]}
    # Written beside and linked: two processes that start together end with one file.
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(made, file)
    try:
        os.link(beside, path)
    except FileExistsError:
        return dict(json.loads(path.read_text()))
    finally:
        beside.unlink()
    return made
