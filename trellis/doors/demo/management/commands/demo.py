import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from trellis.doors.demo import screens, sign_ins
from trellis.foundation.access.roles import BY_KEY

COULD_NOT = 2
SOME, MANY = 60, 100_000


class Command(BaseCommand):
    help = "The living demo: a program that was made up, in a database of its own (var/demo.sqlite3, or DATABASE_URL)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="build | accounts")
        build = commands.add_parser("build", help="build the demo; refused in a database with real data")
        build.add_argument(
            "--clients", type=int, metavar="N", help="clients in the program now (60; all: 100000 in bulk)"
        )
        build.add_argument("--weeks", type=int, default=8, metavar="W", help="weeks of sessions, this one included")
        build.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed tells the same story")
        build.add_argument("--bulk", action="store_true", help="many clients fast, for measuring (200 of them active)")
        build.add_argument("--fresh", action="store_true", help="start over: what was typed into the demo is lost")
        accounts = commands.add_parser("accounts", help="who can sign in, and with what")
        accounts.add_argument("--json", action="store_true", help="print it as JSON")
        accounts.add_argument("--base", default="", help="the server's address, to stand before each path")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["what"] == "build":
                self._build(options)
            else:
                self._accounts(options)
        except sign_ins.NoDemo as fault:
            self._give_up(str(fault))

    def _give_up(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(COULD_NOT)

    # --- build ---

    def _build(self, options: dict[str, Any]) -> None:
        from trellis.doors.demo import build, bulk, emptying

        clients = (MANY if options["bulk"] else SOME) if options["clients"] is None else options["clients"]
        wish = build.Wish(clients, options["weeks"], options["seed"])
        console = Console(stderr=True)
        try:
            if options["fresh"]:
                emptying.empty_demo()
            with _bar(console) as progress:
                (bulk.build if options["bulk"] else build.build)(wish, progress)
        except emptying.NotHere as fault:
            self._give_up(str(fault))
        console.print(f"The demo stands in {sign_ins.file_of_database().parent}, with its sign-ins beside it.")

    # --- accounts ---

    def _accounts(self, options: dict[str, Any]) -> None:
        try:
            people = sign_ins.read()
        except DatabaseError:
            raise sign_ins.NoDemo("There is no demo in this database. Build one: trellis demo build") from None
        if options["json"]:
            self.stdout.write(json.dumps({"accounts": [as_json(one) for one in people]}, indent=1, ensure_ascii=False))
        else:
            self._print_table(people, options["base"])

    def _print_table(self, people: list[sign_ins.SignIn], base: str) -> None:
        table = Table("Role", "Name", "Sign in with", "Password", "First screen", box=None, pad_edge=False)
        for one in people:
            table.add_row(str(BY_KEY[one.role].label), one.name, one.email, one.password, base + screens.first(one))
        out: Any = self.stdout
        Console(file=out, width=None if self.stdout.isatty() else 200).print(table)
        self.stdout.write(f"People who work here are asked for a code too: it stands on {base}/demo/")


def as_json(one: sign_ins.SignIn) -> dict[str, Any]:
    known = asdict(one)
    del known["account_id"]
    return known | {"url": screens.first(one)}


class _bar:
    """Progress on stderr; a plain line a step where nobody watches a terminal."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.bar = Progress(
            TextColumn("{task.description:32}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True
        )

    def __enter__(self) -> Callable[[str, float], None]:
        self.task = self.bar.add_task("Building the demo", total=1.0)
        self.bar.start()
        return self._tell

    def _tell(self, what: str, share: float) -> None:
        self.bar.update(self.task, description=what, completed=share)
        if not self.console.is_terminal and what.startswith("Loading"):
            self.console.print("Building the demo: about a minute.")

    def __exit__(self, *_: object) -> None:
        self.bar.stop()
