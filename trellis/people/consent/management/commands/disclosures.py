"""`trellis disclosures decide [FILE|-] --json` and `trellis disclosures list --client ID --json`.

0: decided or listed, whatever the answer; 2: the input holds no case, or there is no such client.
"""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from json import dumps
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from trellis.foundation.record import cases
from trellis.people.consent.presenters import as_json, as_line, as_text
from trellis.people.consent.rules import judge

COULD_NOT = 2
DECIDE = """Say of each case whether it may be disclosed, and why. Nothing is stored, and nothing is known but the case.

FILE holds one case or a list of cases as JSON; "-", or nothing, reads them from the standard input.

exit codes: 0 decided, whatever the answer; 2 the input is no JSON object and no list of them"""
EXAMPLES = """examples:
  trellis disclosures decide case.json --json
  trellis disclosures decide - < cases.json"""


LIST = """The accounting of disclosures of one client: whatever left the program in the last three years, newest first.

ID is the one in the address of the client's page. The look at it is written down.

exit codes: 0 listed; 2 there is no such client"""


class Command(BaseCommand):
    help = "Disclosures: may this go?"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="{decide,list}")
        shape: dict[str, Any] = {"formatter_class": RawDescriptionHelpFormatter}
        one = commands.add_parser("decide", help="may this be disclosed?", description=DECIDE, epilog=EXAMPLES, **shape)
        one.add_argument("file", metavar="FILE", nargs="?", default="-", help="a case or a list of them; default: -")
        one.add_argument("--json", action="store_true", help="print the decisions as JSON")

        of_one = commands.add_parser("list", help="what was disclosed about one client", description=LIST, **shape)
        of_one.add_argument("--client", metavar="ID", required=True, help="whose accounting")
        of_one.add_argument("--json", action="store_true", help="print it as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            self._list(**options) if options["what"] == "list" else self._decide(**options)

    def _list(self, *, client: str, json: bool, **options: Any) -> None:
        # Only here: deciding needs no database.
        from trellis.people.consent.operators import accounting_of

        found = accounting_of(client)
        if found is None:
            self.stderr.write(f"There is no client {client}.")
            sys.exit(COULD_NOT)
        self.stdout.write(dumps(found) if json else "\n".join(map(as_line, found)) or "Nothing was disclosed.")

    def _decide(self, **options: Any) -> None:
        try:
            found = cases.read(options["file"])
        except cases.NoCase as fault:
            self.stderr.write(f"{options['file']}: {fault}")
            sys.exit(COULD_NOT)
        decisions = [judge(case) for case in (found if isinstance(found, list) else [found])]
        if options["json"]:
            said = [as_json(decision) for decision in decisions]
            self.stdout.write(dumps(said if isinstance(found, list) else said[0]))
        else:
            self.stdout.write("\n".join(map(as_text, decisions)))
