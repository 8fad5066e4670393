import sys
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.core.validators import EmailValidator
from django.db import connection

from trellis.doors.operations import checks
from trellis.doors.operations.checks.finding import State
from trellis.doors.operations.management.commands.doctor import line
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.roles import ProgramAdministrator
from trellis.foundation.program import queries as program
from trellis.people.accounts.actions import invite_staff
from trellis.people.accounts.queries import accounts_in_role

COULD_NOT = 2
OPERATOR = Actor.of_system("setup")


class Command(BaseCommand):
    help = (
        "Make a real start: secrets, database, blueprint, the first administrator. Run it again at any time: "
        "what is there already stays as it is."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--blueprint", default="pomona", metavar="FILE", help="the program (default: pomona)")
        parser.add_argument("--email", help="address of the first program administrator")
        parser.add_argument("--name", help="the name they go by")
        parser.add_argument("--language", choices=["en", "es"], default="en", help="their language")

    def handle(self, *args: Any, **options: Any) -> None:
        self._say(
            "Secrets", f"kept in {Path(settings.VAR) / 'secrets.json'}; keep a copy of it apart from the database"
        )
        self._make_database()
        self._load_program(options["blueprint"])
        self._invite_administrator(options)
        self._say_what_is_missing()

    def _say(self, what: str, how: str) -> None:
        self.stdout.write(f"{what:15}{how}.")

    def _make_database(self) -> None:
        reachable = checks.database.reachable()
        if reachable.state is State.WRONG:
            self._give_up(f"{reachable.sentence} {reachable.remedy}")
        pending = checks.database.pending()
        call_command("migrate", verbosity=0, interactive=False)
        self._say("Database", f"{pending} migrations were applied" if pending else "up to date already")

    def _load_program(self, named: str) -> None:
        if program.current_version() is not None:
            self._say("Program", "loaded already")
            return
        call_command("blueprint", "load", named, "--yes", stdout=StringIO())
        self._say("Program", f"{named} was loaded")

    def _invite_administrator(self, options: dict[str, Any]) -> None:
        if accounts_in_role(ProgramAdministrator.key).exists():
            self._say("Administrator", "there is one already")
            return
        email = options["email"] or self._ask("Email of the first program administrator: ")
        if not email:
            self._say("Administrator", "not yet; run: trellis setup --email ADDRESS --name NAME")
            return
        name = options["name"] or self._ask("The name they go by: ") or email.partition("@")[0]
        try:
            EmailValidator()(email)
            _, address = invite_staff(
                by=OPERATOR,
                email=email,
                chosen_name=name,
                roles=[ProgramAdministrator.key],
                language=options["language"],
            )
        except ValidationError:
            self._give_up(f"{email} is not an email address.")
        except Refused as refused:
            self._give_up(str(refused))
        self._say("Administrator", f"opens this link once, within {settings.INVITATION_HOURS} hours")
        self.stdout.write(f"\n    {address}\n")

    def _ask(self, question: str) -> str:
        if not sys.stdin.isatty():
            return ""
        try:
            return input(question).strip()
        except EOFError:
            return ""

    def _say_what_is_missing(self) -> None:
        connection.close()
        missing = [f for f in checks.examine() if f.state is not State.OK]
        self.stdout.write("Still missing, as trellis doctor sees it:" if missing else "Nothing is missing.")
        for finding in missing:
            self.stdout.write(line(finding))

    def _give_up(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(COULD_NOT)
