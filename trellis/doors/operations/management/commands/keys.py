"""`trellis keys status | rotate | reseal | drop | make`. 0: done; 1: done, and not all is right; 2: could not."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from trellis.doors.operations.backups.faults import CouldNot
from trellis.doors.operations.rotation import actions, rules
from trellis.doors.operations.rotation.looking import look
from trellis.doors.operations.rotation.resealing import reseal_all
from trellis.doors.operations.rotation.rules import Found
from trellis.foundation.access.actor import Actor
from trellis.foundation.record import keys

DONE, NOT_RIGHT, COULD_NOT = 0, 1, 2
OPERATOR = Actor.of_system("keys")
MANY = 20
FROM_ENVIRONMENT = (
    "The field keys come from FIELD_KEYS, not from a file. Put a new one (trellis keys make) behind the others and "
    "start every process again, then move it to the front and start again; then run: trellis keys reseal"
)
NOT_FINISHED = "{} texts still lie under an older key. Finish that change first: trellis keys reseal"
MADE = (
    "{file} has a new first key. Copy the file to where its copy is kept, apart from the database. What lies under an "
    "older key is sealed anew from now on; if that is cut off, go on with: trellis keys reseal"
)
GONE = (
    "It is gone from {file}. Checkpoints signed under it and backups made under it can no longer be proved, and texts "
    "in such a backup stay closed: keep the copy of {file} that holds it as long as you keep those."
)
TAKE_OUT = "Nothing in the database needs it. Take it out of FIELD_KEYS and start every process again."


class Command(BaseCommand):
    help = "The field keys, which seal texts in the database: look, change, let go."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="status | rotate | reseal | drop | make")
        does = "say which keys there are, how many texts lie under each, and which texts no key opens"
        status = commands.add_parser("status", help="where one stands", description=does)
        status.add_argument("--json", action="store_true", help="print it as JSON")
        does = "put a new key before the others, and seal every text anew under it; people go on working"
        commands.add_parser("rotate", help="make a new key and seal under it", description=does)
        does = "seal under the first key what lies under an older one; goes on where it was cut off"
        commands.add_parser("reseal", help="only the sealing anew", description=does)
        does = "let an old key go; refused while a text in the database needs it"
        drop = commands.add_parser("drop", help="let an old key go", description=does)
        drop.add_argument("key", metavar="KEY", help="its name, as trellis keys status prints it")
        does = "print a new key, for FIELD_KEYS; whoever has it and the database can read what lies sealed there"
        commands.add_parser("make", help="print a new key", description=does)

    def handle(self, *args: Any, **options: Any) -> None:
        does: dict[str, Callable[[dict[str, Any]], int]] = {
            "status": self._status,
            "rotate": self._rotate,
            "reseal": self._reseal,
            "drop": self._drop,
            "make": self._make,
        }
        try:
            code = does[options["what"]](options)
        except CouldNot as fault:
            self.stderr.write(str(fault))
            code = COULD_NOT
        except OSError as fault:
            self.stderr.write(f"{settings.FIELD_KEYS_FILE}: It cannot be written: {fault.strerror}.")
            code = COULD_NOT
        except DatabaseError:
            self.stderr.write("The database cannot be read or has no tables yet. Run: trellis doctor")
            code = COULD_NOT
        if code:
            sys.exit(code)

    def _status(self, options: dict[str, Any]) -> int:
        found, held = look(self._tell), keys.current()
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found, held)))
            return DONE if _right(found, held) else NOT_RIGHT
        for number, key in enumerate(held):
            count = sum(one.texts[key] for one in found)
            self.stdout.write(f"{keys.name_of(key)}  {'older' if number else 'first'}  {count} texts")
        return self._say(found, held)

    def _rotate(self, options: dict[str, Any]) -> int:
        file = _file()
        waiting = rules.waiting(look(self._tell), keys.current())
        if waiting:
            raise CouldNot(NOT_FINISHED.format(waiting))
        actions.make_key(by=OPERATOR, file=file)
        self.stdout.write(MADE.format(file=file))
        return self._reseal(options)

    def _reseal(self, options: dict[str, Any]) -> int:
        done = reseal_all(OPERATOR, self._tell)
        self.stdout.write(f"{done} rows were sealed anew.")
        return self._say(look(self._tell), keys.current())

    def _drop(self, options: dict[str, Any]) -> int:
        held = keys.current()
        key = next((key for key in held if keys.name_of(key) == options["key"]), None)
        if key is None:
            raise CouldNot(f"{options['key']}: No field key has this name. See: trellis keys status")
        refused = rules.why_not(key, held, look(self._tell))
        if refused:
            raise CouldNot(f"{options['key']}: {refused}")
        if settings.FIELD_KEYS_FILE is None:
            self.stdout.write(TAKE_OUT)
            return DONE
        actions.drop_key(by=OPERATOR, file=settings.FIELD_KEYS_FILE, key=key)
        self.stdout.write(GONE.format(file=settings.FIELD_KEYS_FILE))
        return DONE

    def _make(self, options: dict[str, Any]) -> int:
        self.stdout.write(Fernet.generate_key().decode())
        return DONE

    def _say(self, found: list[Found], held: keys.Keys) -> int:
        """Where one stands: what waits, what stays, what is closed; ids and names of tables, never a text."""
        waiting, staying = rules.waiting(found, held), rules.staying(found, held)
        if waiting:
            self.stdout.write(f"{waiting} texts lie under an older key. Run: trellis keys reseal")
        if staying:
            places = ", ".join(one.place for one in found if one.never_changes and one.older(held))
            self.stdout.write(
                f"{staying} texts under an older key lie in rows that never change ({places}): keep that key."
            )
        for one in found:
            for pk in one.closed[:MANY]:
                self.stdout.write(f"{one.place}: no key opens row {pk}.")
            if len(one.closed) > MANY:
                self.stdout.write(f"{one.place}: … and {len(one.closed) - MANY} more.")
        if not waiting and not staying and _right(found, held):
            self.stdout.write("Every text lies under the first key.")
        return DONE if _right(found, held) else NOT_RIGHT

    def _tell(self, what: str, done: int, all: int) -> None:
        """Long work shows progress, where somebody looks on."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{what}: {done} of {all} places ", ending="" if done < all else "\n")


def _file() -> Path:
    file: Path | None = settings.FIELD_KEYS_FILE
    if file is None:
        raise CouldNot(FROM_ENVIRONMENT)
    return file


def _right(found: list[Found], held: keys.Keys) -> bool:
    return not rules.waiting(found, held) and not any(one.closed for one in found)


def _as_json(found: list[Found], held: keys.Keys) -> dict[str, Any]:
    return {
        "ok": _right(found, held),
        "keys": [{"key": keys.name_of(key), "texts": sum(one.texts[key] for one in found)} for key in held],
        "waiting": rules.waiting(found, held),
        "staying": rules.staying(found, held),
        "closed": {one.place: one.closed for one in found if one.closed},
    }
