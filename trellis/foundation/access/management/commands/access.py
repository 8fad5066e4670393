import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trellis.foundation.access import policy


class Command(BaseCommand):
    help = "What the running code lets each role do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True, metavar="matrix")
        matrix = kinds.add_parser("matrix", help="the policy table as role, action and relation")
        matrix.add_argument("--json", action="store_true", help="print it as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [{"role": r.role, "action": r.verb, "relation": r.relation} for r in policy.rows()]
        if options["json"]:
            self.stdout.write(json.dumps({"rows": rows}, indent=1))
            return
        wide = {key: max(len(row[key]) for row in rows) for key in ("role", "action")}
        for row in sorted(rows, key=lambda row: (row["role"], row["action"], row["relation"])):
            self.stdout.write(f"{row['role']:{wide['role']}}  {row['action']:{wide['action']}}  {row['relation']}")
