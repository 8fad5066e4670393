"""Who can sign in to a demo: drawn when it is built, kept beside the database in a file that only its owner reads."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.db import connection

from trellis.doors.demo.models import DemoMark
from trellis.people.accounts.rules import fault_of_room_pin

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is mistaken for something else
PERIOD = 30


class NoDemo(Exception):
    """This database is no demo, or the file of its sign-ins is gone; the sentence says which."""


@dataclass(frozen=True)
class SignIn:
    role: str
    name: str
    email: str
    password: str
    totp_secret: str | None
    language: str
    account_id: int
    #: opens a device again that was handed to a client
    room_pin: str | None = None


def new_password() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def new_room_pin() -> str:
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(6))
        if not fault_of_room_pin(pin):
            return pin


def new_secret() -> str:
    secret: str = generate_totp_secret()
    return secret


def code_now(secret: str, wall: float) -> tuple[str, int]:
    """The code that holds at this moment of the wall's clock, and for how many seconds."""
    counter = int(wall) // PERIOD
    code: str = format_hotp_value(hotp_value(secret, counter))
    return code, PERIOD - int(wall) % PERIOD


def file_of_database() -> Path:
    """var/demo.sqlite3 has var/demo.accounts.json beside it."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return Path(name).with_suffix(".accounts.json")
    return Path(settings.VAR) / f"demo.{name}.accounts.json"


def keep(mark: DemoMark, people: list[SignIn]) -> None:
    path = file_of_database()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"token": mark.token, "accounts": [asdict(one) for one in people]}, file, indent=1)


def read() -> list[SignIn]:
    mark = DemoMark.objects.first()
    if mark is None:
        raise NoDemo("This database is not a demo. Build one: trellis demo build")
    path = file_of_database()
    if not path.exists():
        raise NoDemo(f"The file of sign-ins, {path}, is gone. Build the demo again: make demo FRESH=1")
    kept = json.loads(path.read_text())
    if kept["token"] != mark.token:
        raise NoDemo(f"The file of sign-ins, {path}, belongs to another demo. Build it again: make demo FRESH=1")
    return [SignIn(**one) for one in kept["accounts"]]
