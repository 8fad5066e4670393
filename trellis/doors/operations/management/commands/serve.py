import sys
from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from trellis.doors.operations import serving, static
from trellis.doors.operations.checks import database, installation
from trellis.doors.operations.checks.finding import State

COULD_NOT = 2


class Command(BaseCommand):
    help = "Run the web server and the background worker together, until Ctrl+C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
        parser.add_argument("--workers", type=int, default=2, help="web processes, of four threads each (default: 2)")
        parser.add_argument("--demo", action="store_true", help="serve the demo database (var/demo.sqlite3)")

    def handle(self, *args: Any, **options: Any) -> None:
        place = serving.Place(options["host"], options["port"])
        refusal = _why_not(place, options["demo"])
        if refusal:
            self.stderr.write(refusal)
            sys.exit(COULD_NOT)
        if static.gather():
            self.stderr.write("Static files were gathered.")
        serving.serve(place, options["workers"], lambda: self._say_where(place))

    def _say_where(self, place: serving.Place) -> None:
        if settings.DEMO:
            call_command("demo", "accounts", base=place.url, stdout=self.stdout)
        for what, path in ADDRESSES if not settings.DEMO else DEMO_ADDRESSES:
            self.stdout.write(f"  {what:22}{place.url}{path}")
        self.stdout.write("Ctrl+C ends it.")


ADDRESSES = (("The public site", "/"), ("En español", "/es/"), ("Sign in", "/accounts/login/"))
DEMO_ADDRESSES = (*ADDRESSES, ("Who can sign in", "/demo/"), ("What it would send", "/demo/outbox/"))


def _why_not(place: serving.Place, demo: bool) -> str | None:
    schema = database.reachable()
    if schema.state is not State.WRONG:
        schema = database.schema()
    if schema.state is State.WRONG:
        return f"{schema.sentence} {schema.remedy}"
    secure = installation.https()
    if secure.state is State.WRONG and not demo:
        return f"{secure.sentence} {secure.remedy}"
    return _why_not_this_database(demo) or (
        f"Port {place.port} is taken. Choose another with --port." if place.is_taken else None
    )


def _why_not_this_database(demo: bool) -> str | None:
    try:
        marked = apps.get_model("demo", "DemoMark")._default_manager.exists()
    except DatabaseError as fault:
        return f"The database refused a question ({type(fault).__name__}). Run: trellis doctor"
    if demo and not marked:
        return "There is no demo in this database. Make one first: trellis demo build"
    if marked and not demo:
        return "This database is a demo. Serve it as one: trellis serve --demo"
    return None
