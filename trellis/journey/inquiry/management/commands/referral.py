"""`trellis referral read BUNDLE.json --json`, `trellis referral import BUNDLE.json [--inquiry ID] --json`, and
`trellis referral ignored FILE… --json`.

0: read; 1: read, with problems; 2: it is no FHIR JSON, or nobody is in it, or it could not be stored.
"""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from json import dumps
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.program.blueprints import file_of
from trellis.foundation.program.check import Faulty, text_of
from trellis.foundation.program.check import read as read_blueprint
from trellis.journey.inquiry.actions.referring import receive
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.referral import NoReferral, read
from trellis.journey.inquiry.referral.arriving import as_file, parsed
from trellis.journey.inquiry.referral.ignored import Ignored, ignored

WITH_PROBLEMS, COULD_NOT = 1, 2
#: stands for a file in which nothing could be read
A_FILE = "(file)"
MOST_BYTES = 50 * 1024 * 1024
OPERATOR = Actor.of_system("referral")
CODES = "exit codes: 0 read; 1 read, with problems, each of them named; 2 no FHIR JSON, or no Patient in it"
READ = f"""Read a referral that another place sent: who it is about, what happened, what is urgent. Nothing is stored.

BUNDLE is a FHIR R4 bundle as JSON, or one Patient with contained resources, of at most 50 MB.

{CODES}"""
IMPORT = f"""Store a referral with its original, and print what was read of it. The same file twice is one referral.

BUNDLE is as for `read`; - reads it from the standard input. It gets an inquiry of its own, or that of --inquiry.
Nobody is joined with a record that is here: the page proposes it, and somebody decides.

{CODES}, or it could not be stored"""

IGNORED = """Say what of referrals nobody reads, and why: how many entries of each kind, over all files together.

Each FILE is as for `read`; one that is no referral is counted with the sentence that says why. Nothing is stored.

exit codes: 0"""


class Command(BaseCommand):
    help = "A referral: what does it say?"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="{read,import,ignored}")
        one = commands.add_parser("read", description=READ, formatter_class=RawDescriptionHelpFormatter)
        one.add_argument("file", metavar="BUNDLE", help="a file")
        one.add_argument(
            "--blueprint", metavar="FILE", default="pomona", help="whose zone counts the days; default: pomona"
        )
        one.add_argument("--json", action="store_true", help="print JSON")
        other = commands.add_parser("import", description=IMPORT, formatter_class=RawDescriptionHelpFormatter)
        other.add_argument("file", metavar="BUNDLE", help="a file, or - for the standard input")
        other.add_argument("--inquiry", metavar="ID", default="", help="the inquiry that it belongs to")
        other.add_argument("--json", action="store_true", help="print JSON")

        more = commands.add_parser("ignored", description=IGNORED, formatter_class=RawDescriptionHelpFormatter)
        more.add_argument("file", metavar="FILE", nargs="+", help="files")
        more.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *, what: str, file: Any, json: bool, **options: Any) -> None:
        if what == "ignored":
            rows = _ignored(file)
            self.stdout.write(dumps(rows, ensure_ascii=False) if json else "\n".join(map(_ignored_line, rows)))
            return
        try:
            found = self._import(file, options["inquiry"]) if what == "import" else _read(file, options["blueprint"])
        except (NoReferral, Refused) as fault:
            self.stderr.write(f"{file}: {fault}")
            sys.exit(COULD_NOT)
        self.stdout.write(dumps(found, ensure_ascii=False) if json else "\n".join(_lines(found)))
        if found["problems"]:
            sys.exit(WITH_PROBLEMS)

    def _import(self, file: str, inquiry: str) -> dict[str, Any]:
        zone, belongs = program.zone(), _inquiry(inquiry)
        arrived = as_file(_bytes(file), now=clock.now(), zone=zone)
        receipt = receive(by=OPERATOR, arrived=arrived, inquiry=belongs)
        if not receipt.is_new:
            self.stderr.write("This very file was here already. Nothing was stored twice.")
        return arrived.found | {"referral": receipt.referral.public_id}


def _read(file: str, blueprint: str) -> dict[str, Any]:
    return read(parsed(_bytes(file)), now=clock.now(), zone=_zone(blueprint))


def _ignored(files: list[str]) -> list[dict[str, Any]]:
    """The most frequent first."""
    found: Ignored = Counter()
    for named in files:
        try:
            found += ignored(parsed(_bytes(named)), now=clock.now(), zone=_zone("pomona"))
        except NoReferral as fault:
            found[A_FILE, str(fault)] += 1
    rows = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    return [{"kind": kind, "why": why, "number": number} for (kind, why), number in rows]


def _ignored_line(row: dict[str, Any]) -> str:
    return f"{row['number']:7,}  {row['kind'] or 'entry':24} {row['why']}"


def _inquiry(named: str) -> Inquiry | None:
    if not named:
        return None
    found = Inquiry.objects.filter(public_id=named).first()
    if found is None:
        raise NoReferral(f"There is no inquiry {named}.")
    return found


def _zone(blueprint: str) -> ZoneInfo:
    try:
        return ZoneInfo(read_blueprint(text_of(file_of(blueprint))).program.time_zone)
    except Faulty:
        raise NoReferral(f"{blueprint} is no blueprint. Ask trellis blueprint check {blueprint} why.") from None


def _bytes(named: str) -> bytes:
    try:
        if named == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(named).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise NoReferral(f"It cannot be read: {fault.strerror}.") from None
    if len(data) > MOST_BYTES:
        raise NoReferral("It is larger than 50 MB. Ask the sender for the last year alone.")
    return data


def _lines(found: dict[str, Any]) -> list[str]:
    lines = [f"{name}: {_said(value)}" for name, value in found.items() if not isinstance(value, list)]
    for name, rows in found.items():
        if isinstance(rows, list) and rows:
            lines += [f"{name}:", *(f"  {_said(row)}" for row in rows)]
    return [line.replace("_", " ") for line in lines]


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_said(one)}" for name, one in value.items() if one is not None)
    if isinstance(value, list):
        return " · ".join(map(str, value)) or "none"
    return "not known" if value is None else str(value)
