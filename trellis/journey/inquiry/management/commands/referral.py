"""`trellis referral read BUNDLE.json --json`.

0: read; 1: read, with problems; 2: it is no FHIR JSON, or nobody is in it.
"""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from json import dumps, loads
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand

from trellis.foundation import clock
from trellis.foundation.program.blueprints import file_of
from trellis.foundation.program.check import Faulty, text_of
from trellis.foundation.program.check import read as read_blueprint
from trellis.journey.inquiry.referral import NoReferral, read

WITH_PROBLEMS, COULD_NOT = 1, 2
MOST_BYTES = 50 * 1024 * 1024
READ = """Read a referral that another place sent: who it is about, what happened, what is urgent. Nothing is stored.

BUNDLE is a FHIR R4 bundle as JSON, or one Patient with contained resources, of at most 50 MB.

exit codes: 0 read; 1 read, with problems, each of them named; 2 no FHIR JSON, or no Patient in it"""


class Command(BaseCommand):
    help = "A referral: what does it say?"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="{read}")
        one = commands.add_parser("read", description=READ, formatter_class=RawDescriptionHelpFormatter)
        one.add_argument("file", metavar="BUNDLE", help="a file")
        one.add_argument(
            "--blueprint", metavar="FILE", default="pomona", help="whose zone counts the days; default: pomona"
        )
        one.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *, file: str, blueprint: str, json: bool, **options: Any) -> None:
        try:
            found = read(_file(file), now=clock.now(), zone=_zone(blueprint))
        except NoReferral as fault:
            self.stderr.write(f"{file}: {fault}")
            sys.exit(COULD_NOT)
        self.stdout.write(dumps(found, ensure_ascii=False) if json else "\n".join(_lines(found)))
        if found["problems"]:
            sys.exit(WITH_PROBLEMS)


def _zone(blueprint: str) -> ZoneInfo:
    try:
        return ZoneInfo(read_blueprint(text_of(file_of(blueprint))).program.time_zone)
    except Faulty:
        raise NoReferral(f"{blueprint} is no blueprint. Ask trellis blueprint check {blueprint} why.") from None


def _file(named: str) -> Any:
    try:
        if Path(named).stat().st_size > MOST_BYTES:
            raise NoReferral("It is larger than 50 MB. Ask the sender for the last year alone.")
        return loads(Path(named).read_bytes().decode("utf-8-sig"))
    except OSError as fault:
        raise NoReferral(f"It cannot be read: {fault.strerror}.") from None
    except (ValueError, RecursionError):
        raise NoReferral("It is no JSON. Ask the sender for a FHIR R4 bundle.") from None


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
