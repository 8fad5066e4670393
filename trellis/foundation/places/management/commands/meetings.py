"""`trellis meetings import | export`. 0: done; 1: done, with problems; 2: could not."""

import json
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand
from django.db import OperationalError, ProgrammingError

from trellis.foundation.access.actor import Actor
from trellis.foundation.places.reading import LIMIT_BYTES, NoList, Outcome, read
from trellis.foundation.places.reading.points import point
from trellis.foundation.places.reading.values import Point
from trellis.foundation.places.rules.reports import as_json, as_text

DONE, WITH_PROBLEMS, COULD_NOT = 0, 1, 2
IMPORT = """Read a list of meetings and bring what is known of it up to date.

SOURCE is a file or an https address, in the format Meeting Guide (JSON) or BMLT (JSON, any of its shapes).
A row is kept when somebody could go to it: it has a name, a day and a time (or is by appointment), and a place or a
way in online. Every row that is not kept is reported with its reason; a bad row costs no good one.
A list that shrank by more than half is held: nothing changes until a person releases it, or --allow-shrink says so.

exit codes: 0 done, 1 done and the report has problems, 2 could not be done and nothing changed"""
EXPORT = """Print the meetings that are listed now, of one list or of all that are switched on.

--near leaves out what is online only, and what has approximate or impossible coordinates."""
READ = """examples:
  trellis meetings import orange-county.json --name orange-county
  trellis meetings import https://example.org/feed.json --dry-run --json"""
PRINT = """examples:
  trellis meetings export --near 34.055,-117.75 --within-km 24
  trellis meetings export --name orange-county --json"""


class CouldNot(Exception):
    """One sentence; nothing changed."""


class Command(BaseCommand):
    help = "Lists of mutual-help meetings: read them in, print them out."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="import | export")
        shape: dict[str, Any] = {"formatter_class": RawDescriptionHelpFormatter}
        one = commands.add_parser("import", help="read a list in", description=IMPORT, epilog=READ, **shape)
        one.add_argument("source", metavar="SOURCE", help="a file, or an https address")
        one.add_argument("--format", choices=("auto", "meeting-guide", "bmlt"), default="auto", help="default: auto")
        one.add_argument("--formats", metavar="FILE", help="BMLT's own list of formats, which names its numbers")
        one.add_argument("--name", help="how the list is known; default: the name of the file or of the host")
        one.add_argument("--dry-run", action="store_true", help="read and report only; needs no database")
        one.add_argument("--allow-shrink", action="store_true", help="take a list that lost more than half of its rows")
        one.add_argument("--json", action="store_true", help="print the report as one JSON document")
        two = commands.add_parser("export", help="print meetings", description=EXPORT, epilog=PRINT, **shape)
        two._negative_number_matcher = re.compile(r"-[0-9][0-9.,-]*")  # --near -33.86,151.2 is no option
        two.add_argument("--name", help="only this list")
        two.add_argument("--near", metavar="LAT,LON", type=_near, help="only around this point; needs --within-km")
        two.add_argument("--within-km", metavar="R", type=_distance, help="how far around it, in kilometres")
        two.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = self._import(options) if options["what"] == "import" else self._export(options)
        except CouldNot as fault:
            self.stderr.write(str(fault))
            code = COULD_NOT
        except (OperationalError, ProgrammingError):
            self.stderr.write("The database cannot be read or has no tables yet. Run: trellis migrate")
            code = COULD_NOT
        if code:
            sys.exit(code)

    # --- import -------------------------------------------------------------------------------------------------------

    def _import(self, options: dict[str, Any]) -> int:
        source = options["source"]
        name = _name(options["name"], source)
        formats = _bytes_of_file(options["formats"]) if options["formats"] else None
        body, marks = _bytes_of(source)
        try:
            outcome = _outcome(name, body, formats, options)
        except NoList as fault:
            raise CouldNot(f"{source}: {fault} Nothing was changed.") from None
        done = None
        if not options["dry_run"]:
            done = _keep(name, outcome, body, formats, source, marks, options["allow_shrink"])
        report = as_json(name, outcome, done)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write(as_text(report, dry_run=options["dry_run"]))
        return WITH_PROBLEMS if outcome.problems else DONE

    # --- export -------------------------------------------------------------------------------------------------------

    def _export(self, options: dict[str, Any]) -> int:
        from trellis.foundation.places import exporting

        near, within = options["near"], options["within_km"]
        if (near is None) != (within is None):
            raise CouldNot("--near and --within-km go together: --near 34.05,-117.75 --within-km 24")
        if options["name"] is not None and not exporting.is_known(options["name"]):
            raise CouldNot(f"No list is called {options['name']}.")
        rows = list(exporting.exported(options["name"], near, within or 0.0))
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
        else:
            for row in rows:
                self.stdout.write(exporting.as_line(row))
            self.stdout.write(f"{len(rows)} meetings.")
        return DONE


def _outcome(name: str, body: bytes, formats: bytes | None, options: dict[str, Any]) -> Outcome:
    if options["dry_run"]:
        return read(body, format=options["format"], formats=formats)
    from trellis.foundation.places import recalling

    return recalling.outcome_of(name, body, format=options["format"], formats=formats)


def _keep(
    name: str, outcome: Outcome, body: bytes, formats: bytes | None, source: str, marks: dict[str, str], shrink: bool
) -> Any:
    from trellis.foundation.places import actions

    return actions.import_list(
        by=Actor.of_system("meetings"),
        name=name,
        outcome=outcome,
        body=body,
        formats_body=formats,
        source=source,
        allow_shrink=shrink,
        **marks,
    )


def _bytes_of(source: str) -> tuple[bytes, dict[str, str]]:
    """The source, and how it was marked. Never more of it than a list can have."""
    if not re.match("(?i)https?://", source):
        return _bytes_of_file(source), {}
    from trellis.foundation import outbound
    from trellis.foundation.places.taking import LIMIT

    try:
        answer = outbound.fetch(source, limit=LIMIT)
    except outbound.NotFetched as fault:
        raise CouldNot(f"{source}: {fault} Nothing was changed.") from None
    return answer.body, {"etag": answer.etag, "last_modified": answer.last_modified}


def _bytes_of_file(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(LIMIT_BYTES + 1)  # one more than allowed shows that there is more
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "its name cannot be used"
        raise CouldNot(f"{name}: cannot be read ({reason}). Nothing was changed.") from None


def _name(given: str | None, source: str) -> str:
    if re.match("(?i)https?://", source):
        found = given if given is not None else (urlsplit(source).hostname or "")
    else:
        found = given if given is not None else Path(source).stem
    found = " ".join(found.split())
    if not found or len(found) > 120 or not found.isprintable():
        raise CouldNot("A list has a name of 1 to 120 characters: --name orange-county")
    return found


def _near(text: str) -> Point:
    latitude, comma, longitude = text.partition(",")
    found = point(latitude, longitude) if comma else None
    if found is None:
        raise ArgumentTypeError("latitude and longitude in degrees, such as 34.055,-117.75")
    return found


def _distance(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 25_000:
        raise ArgumentTypeError("a distance in kilometres, such as 24")
    return found
