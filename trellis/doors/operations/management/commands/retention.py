"""`trellis retention status | due | holds | delete`. 0: done; 1: done, and not all is right; 2: could not."""

import getpass
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from trellis.doors.operations.backups.faults import CouldNot
from trellis.doors.operations.retention import going, ledger, queries
from trellis.doors.operations.retention.queries import Due
from trellis.doors.operations.retention.terms import read
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.people.accounts.models import Account
from trellis.people.accounts.queries import actor_for

DONE, NOT_RIGHT, COULD_NOT = 0, 1, 2
NOBODY = "No program administrator signs in with this name and this password."
OTHER_NUMBER = "{} records are due and not held, and not {}. Look at them first: trellis retention due"
NOT_AMONG = "{}: It is not due, or a legal hold stands on it. See: trellis retention due"


class Command(BaseCommand):
    help = "How long records are kept: what is due, what is held, and deleting what is due for good."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="status | due | holds | delete")
        status = commands.add_parser("status", help="where one stands, in numbers")
        does = "list the records whose time is over, by number and never by name; names stand on the page"
        due = commands.add_parser("due", help="what is due", description=does)
        holds = commands.add_parser("holds", help="which legal holds stand")
        for one in (status, due, holds):
            one.add_argument("--json", action="store_true", help="print it as JSON")
        does = "delete for good what is due and not held; asks for the password of a program administrator"
        delete = commands.add_parser("delete", help="delete what is due", description=does)
        delete.add_argument("--by", metavar="SIGN-IN", required=True, help="who answers for it, as they sign in")
        delete.add_argument(
            "--number", metavar="N", type=int, required=True, help="how many; another number is refused"
        )
        delete.add_argument("subject", metavar="RECORD", nargs="*", help="only these, as `due` lists them (client:17)")

    def handle(self, *args: Any, **options: Any) -> None:
        does: dict[str, Callable[[dict[str, Any]], int]] = {
            "status": self._status,
            "due": self._due,
            "holds": self._holds,
            "delete": self._delete,
        }
        try:
            code = does[options["what"]](options)
        except CouldNot as fault:
            self.stderr.write(str(fault))
            code = COULD_NOT
        except DatabaseError:
            self.stderr.write("The database cannot be read or has no tables yet. Run: trellis doctor")
            code = COULD_NOT
        if code:
            sys.exit(code)

    def _status(self, options: dict[str, Any]) -> int:
        due = _due_now()
        held, unwritten = sum(one.held for one in due), ledger.unwritten()
        said = {
            "due": len(due) - held, "due_and_held": held, "holds": queries.standing().count(),
            "deleted": queries.deleted().count(), "not_in_the_ledger": unwritten,
        }  # fmt: skip
        words = [
            f"{said['due']} records are due; {held} more would be, and a legal hold stands on them.",
            f"{said['holds']} legal holds stand. {said['deleted']} records were deleted.",
            *([f"{unwritten} of these stand in no ledger yet: the worker writes them there."] if unwritten else []),
        ]
        return self._say(options, said, words) or (NOT_RIGHT if unwritten else DONE)

    def _due(self, options: dict[str, Any]) -> int:
        due = _due_now()
        said = [{"record": one.subject, "since": one.on.isoformat(), "held": one.held} for one in due]
        words = [f"{one.subject}  since {one.on}{'  held' if one.held else ''}" for one in due]
        return self._say(options, said, words or ["Nothing is due."])

    def _holds(self, options: dict[str, Any]) -> int:
        rows = list(queries.standing())
        said = [{"record": one.subject, "since": one.since.isoformat(), "by": one.by} for one in rows]
        words = [f"{one.subject}  since {one.since:%Y-%m-%d}  by {one.by}" for one in rows]
        return self._say(options, said, words or ["No legal hold stands."])

    def _delete(self, options: dict[str, Any]) -> int:
        wanted = _wanted(options["subject"])
        if len(wanted) != options["number"]:
            raise CouldNot(OTHER_NUMBER.format(len(wanted), options["number"]))
        done, left = going.delete_all(self._who(options["by"]), wanted, self._tell)
        self.stdout.write(f"{done} records were deleted.")
        for one, why in left:
            self.stdout.write(f"{one.subject}: {why}")
        return NOT_RIGHT if left else DONE

    def _who(self, name: str) -> Actor:
        """By their own password: whoever may use this machine is not yet whoever may delete."""
        password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        name = name.strip().lower()
        account = next(iter([*Account.objects.filter(email=name), *Account.objects.filter(username=name)]), None)
        by = actor_for(account) if account and account.is_active and account.check_password(password) else None
        if by is None or not may(by, "retention.delete"):
            raise CouldNot(NOBODY)
        return by

    def _say(self, options: dict[str, Any], said: Any, words: list[str]) -> int:
        for line in [json.dumps(said)] if options["json"] else words:
            self.stdout.write(line)
        return DONE

    def _tell(self, what: str, done: int, all: int) -> None:
        """Long work shows progress, where somebody looks on."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{what}: {done} of {all} ", ending="" if done < all else "\n")


def _due_now() -> list[Due]:
    return queries.due(read(), clock.now().date())


def _wanted(subjects: list[str]) -> list[Due]:
    free = {one.subject: one for one in _due_now() if not one.held}
    for subject in subjects:
        if subject not in free:
            raise CouldNot(NOT_AMONG.format(subject))
    return [free[subject] for subject in dict.fromkeys(subjects)] if subjects else list(free.values())
