"""`trellis audit checkpoint | verify | index`. 0: whole; 1: broken; 2: could not."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from trellis.foundation.audit import checkpoints, subjects, verifying
from trellis.foundation.audit.rules import Kind

WHOLE, BROKEN, COULD_NOT = 0, 1, 2
SAID = {
    Kind.EDIT: "was changed",
    Kind.DELETION: "was taken away",
    Kind.REORDER: "stands in another's place",
    Kind.INSERTION: "was slipped in",
    Kind.TRUNCATION: "was the last one of the checkpoint, and all after some point is gone",
}
MANY = 20


class CouldNot(Exception):
    """One sentence that says what to do."""


class Command(BaseCommand):
    help = "The audit trail: seal it and sign where it stands, or look whether it is whole."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="checkpoint | verify | index")
        does = "seal what waits, and write the signed head to FILE; keep it where this machine's owner cannot reach it"
        one = commands.add_parser("checkpoint", help="write a signed checkpoint", description=does)
        one.add_argument("file", metavar="FILE", help="where to write it")
        does = "look at every sealed event; exit codes: 0 whole, 1 broken, 2 could not be looked at"
        two = commands.add_parser("verify", help="look whether the trail is whole", description=does)
        two.add_argument("--checkpoint", metavar="FILE", help="a checkpoint that was kept elsewhere")
        two.add_argument("--json", action="store_true", help="print the finding as JSON")
        two.add_argument("--progress", action="store_true", help="say how far it is, where no terminal looks on too")
        does = "enter again which sealed events name whom, where that is missing; the trail itself stays as it is"
        commands.add_parser("index", help="repair the index over the trail", description=does)

    def handle(self, *args: Any, **options: Any) -> None:
        self.looked_at = self.stderr.isatty() or bool(options.get("progress"))
        try:
            code = getattr(self, f"_{options['what']}")(options)
        except CouldNot as fault:
            self.stderr.write(str(fault))
            code = COULD_NOT
        except DatabaseError:
            self.stderr.write("The database cannot be read or has no tables yet. Run: trellis migrate")
            code = COULD_NOT
        if code:
            sys.exit(code)

    def _checkpoint(self, options: dict[str, Any]) -> int:
        file = options["file"]
        taken = checkpoints.take()
        try:
            Path(file).write_text(checkpoints.written(taken))
        except OSError as fault:
            raise CouldNot(f"{file}: It cannot be written: {fault.strerror}.") from None
        self.stdout.write(f"{taken.sealed} events are sealed, up to event {taken.last}. Written to {file}.")
        return WHOLE

    def _verify(self, options: dict[str, Any]) -> int:
        checkpoint = _read(options["checkpoint"]) if options["checkpoint"] else None
        found = verifying.verify(checkpoint, self._tell)
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json()))
        else:
            self._say(found)
        return BROKEN if found.broken else WHOLE

    def _index(self, options: dict[str, Any]) -> int:
        missing = subjects.fill_all(self._tell)
        self.stdout.write(
            f"{missing} entries were missing and stand there again." if missing else "Nothing was missing."
        )
        return WHOLE

    def _say(self, found: verifying.Found) -> None:
        for one in found.broken[:MANY]:
            self.stdout.write(f"Event {one.event} {SAID[one.kind]}.")
        if len(found.broken) > MANY:
            self.stdout.write(f"… and {len(found.broken) - MANY} more.")
        self.stdout.write(
            f"{found.events} events, {found.sealed} of them sealed: "
            + (f"{len(found.broken)} not as they were." if found.broken else "all as they were.")
        )

    def _tell(self, done: int, all: int) -> None:
        """Long work shows progress, where somebody looks on."""
        if self.looked_at:
            self.stderr.write(f"\r{done} of {all}", ending="" if done < all else "\n")


def _read(file: str) -> checkpoints.Checkpoint:
    try:
        return checkpoints.read(Path(file).read_text())
    except (OSError, UnicodeDecodeError) as fault:
        raise CouldNot(f"{file}: It cannot be read: {getattr(fault, 'strerror', 'it is no text')}.") from None
    except checkpoints.NoCheckpoint as fault:
        raise CouldNot(f"{file}: {fault} Nothing was verified.") from None
