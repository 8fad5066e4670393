import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trellis.doors.operations import checks
from trellis.doors.operations.checks.finding import Finding

MARKS = {"ok": "ok   ", "look": "look ", "wrong": "WRONG"}


class Command(BaseCommand):
    help = "Say what is wrong with this installation, and what to do. Exit code 0: nothing, 1: something."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what was found as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = checks.examine()
        whole = checks.is_whole(findings)
        if options["json"]:
            found = {"ok": whole, "checks": [finding.as_dict() for finding in findings]}
            self.stdout.write(json.dumps(found, indent=1))
        else:
            for finding in findings:
                self.stdout.write(line(finding))
        if not whole:
            sys.exit(1)


def line(finding: Finding) -> str:
    todo = f"\n       {finding.remedy}" if finding.remedy else ""
    return f"{MARKS[finding.state]}  {finding.sentence}{todo}"
