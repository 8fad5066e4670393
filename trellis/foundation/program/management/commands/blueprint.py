"""`trellis blueprint check | diff | load FILE`. 0: done; 1: done, but something was not kept; 2: could not."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from trellis.foundation.access.actor import Actor
from trellis.foundation.program import actions, queries
from trellis.foundation.program.blueprints import file_of
from trellis.foundation.program.changes import Change, diff
from trellis.foundation.program.check import Faulty, read, text_of
from trellis.foundation.program.schema import Blueprint

DONE, NOT_ALL_KEPT, COULD_NOT = 0, 1, 2
HELP = {
    "check": "say every fault of a blueprint file, with its line and what to do; needs no database",
    "diff": "say what loading a blueprint file would change",
    "load": "load a blueprint file as a new version, after showing what it changes",
}


class Command(BaseCommand):
    help = "The program as data: check, compare and load its blueprint. FILE may be the name of one that ships: pomona."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="check | diff | load")
        for name, does in HELP.items():
            one = commands.add_parser(name, help=does, description=does)
            one.add_argument("file", metavar="FILE", help="a blueprint in TOML, or the name of one that ships")
            if name == "load":
                one.add_argument("--yes", action="store_true", help="load without asking")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = self._run(options["what"], options["file"], bool(options.get("yes")))
        except DatabaseError:
            self.stderr.write("The database cannot be read or has no tables yet. Run: trellis migrate")
            code = COULD_NOT
        if code:
            sys.exit(code)

    def _run(self, what: str, named: str, yes: bool) -> int:
        try:
            text = text_of(file_of(named))  # once: what is loaded is what was shown
            new = read(text)
        except Faulty as faulty:
            out = self.stdout if what == "check" else self.stderr
            for fault in faulty.faults:
                out.write(f"{named}:{fault}")
            return COULD_NOT
        if what == "check":
            self.stdout.write(f"{named}: no fault found.")
            return DONE
        changes = diff(_loaded(), new)
        self._show(changes)
        return self._load(text, changes, yes) if what == "load" else DONE

    def _show(self, changes: list[Change]) -> None:
        for change in changes:
            self.stdout.write(f"  {change}")
        self.stdout.write(f"{len(changes)} changes." if changes else "Nothing changes in what the program is.")

    def _load(self, text: str, changes: list[Change], yes: bool) -> int:
        if changes and not yes and not self._agreed():
            self.stderr.write("Nothing was loaded.")
            return COULD_NOT
        version = actions.load_blueprint(by=Actor.of_system("blueprint"), source=text)
        for sentence in version.not_kept:
            self.stderr.write(f"Not kept: {sentence}")
        self.stdout.write(f"Version {version.number} counts from now on. What happened before stays as it was.")
        return NOT_ALL_KEPT if version.not_kept else DONE

    def _agreed(self) -> bool:
        try:
            return input("Load this? yes or no: ").strip().lower() in {"y", "yes", "s", "si", "sí"}
        except EOFError:
            self.stderr.write("Nobody is here to answer. Add --yes to load without asking.")
            return False


def _loaded() -> Blueprint | None:
    try:
        return queries.current()
    except queries.NoBlueprint:
        return None
