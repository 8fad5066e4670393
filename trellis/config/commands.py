"""What `trellis` and `trellis --help` answer."""

import sys

from django.core.management import execute_from_command_line

OURS = {
    "setup": "make a real start: secrets, database, blueprint, first administrator",
    "serve": "run the web server and the worker together",
    "doctor": "say what is wrong, and what to do",
    "demo build": "build the living demo program in a database of its own",
    "demo accounts": "list who can sign in to the demo",
    "blueprint check FILE": "check a program file; needs no database",
    "blueprint diff FILE": "what loading the file would change",
    "blueprint load FILE": "load a program file, showing the changes first",
    "meetings import SOURCE": "read a list of mutual-help meetings, from a file or an address",
    "meetings export": "print the meetings that are listed now",
    "audit checkpoint FILE": "seal the audit trail and write its signed head, to be kept elsewhere",
    "audit verify": "look whether the audit trail is whole, and where it is not",
    "backup create FILE": "an encrypted backup of database and documents, while people work",
    "backup verify FILE": "restore a backup apart, and say what was proved",
    "backup restore FILE": "put a backup in the place of an empty database",
    "backup prune FOLDER": "let the oldest backups go: 24 hourly, 35 daily and 12 monthly ones stay",
    "backup key FILE": "make a key that opens backups, to be kept apart from this machine",
    "keys status": "which field keys there are, and how many texts lie under each",
    "keys rotate": "make a new field key, and seal every text anew under it, while people work",
    "keys reseal": "only the sealing anew; goes on where it was cut off",
    "keys drop KEY": "let an old field key go, once nothing in the database needs it",
    "retention due": "which records are kept long enough; status, holds: where one stands",
    "retention delete": "delete for good what is due and not held, by a program administrator's password",
    "disclosures decide FILE": "may this be disclosed? needs no database",
    "measures score FILE": "score answers to an instrument; needs no database",
    "measures change FILE": "do two totals differ by more than chance? needs no database",
    "referral read BUNDLE": "what does a FHIR bundle from another place say? needs no database",
    "access matrix": "the policy table as the running code has it",
    "migrate": "bring the database's schema up to date",
    "worker": "run the background worker alone",
}


def run(arguments: list[str]) -> None:
    if len(arguments) < 2 or (arguments[1] in {"--help", "-h", "help"} and len(arguments) == 2):
        _print_help()
        return
    execute_from_command_line(["trellis", *arguments[1:]])


def _print_help() -> None:
    width = max(map(len, OURS)) + 2
    sys.stdout.write("trellis: runs an intensive outpatient program\n\nusage: trellis COMMAND [--help]\n\n")
    for name, does in OURS.items():
        sys.stdout.write(f"  {name:{width}}{does}\n")
    sys.stdout.write("\nEvery command explains itself: trellis COMMAND --help\n")
