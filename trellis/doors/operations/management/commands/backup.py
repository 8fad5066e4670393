"""`trellis backup create | verify | restore | prune | key`. 0: done; 1: done, and not all is right; 2: could not."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from trellis.doors.operations.backups import keys, making, proving, pruning, restoring, sealed
from trellis.doors.operations.backups.faults import CouldNot
from trellis.doors.operations.backups.proving import Proof

DONE, NOT_RIGHT, COULD_NOT = 0, 1, 2
OPENS = "file with the private key that opens the backup"


class Command(BaseCommand):
    help = "Encrypted backups of database and documents: make, verify, restore, prune."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="create | verify | restore | prune | key")
        self._add_create(commands)
        does = "restore FILE where nobody works, and say what was proved; exit codes: 0 whole, 1 not right, 2 could not"
        verify = commands.add_parser("verify", help="look whether a backup can be restored", description=does)
        verify.add_argument("--identity", metavar="KEYFILE", help=f"{OPENS}; without it only its hash is looked at")
        does = "put FILE in the place of an empty database; data that is there is never overwritten"
        restore = commands.add_parser("restore", help="put a backup in place", description=does)
        restore.add_argument("--identity", metavar="KEYFILE", required=True, help=OPENS)
        restore.add_argument("--into", metavar="DATABASE_URL", help="another database than this installation's")
        for one in (verify, restore):
            one.add_argument("file", metavar="FILE")
        does = "in FOLDER keep the newest of 24 hours, 35 days and 12 months; the newest of all always stays"
        prune = commands.add_parser("prune", help="let the oldest backups go", description=does)
        prune.add_argument("folder", metavar="FOLDER")
        prune.add_argument("--dry-run", action="store_true", help="say what would go, and let nothing go")
        does = "write a private key to FILE, to be kept apart from this machine, and print the public one"
        commands.add_parser("key", help="make a key", description=does).add_argument("file", metavar="FILE")
        for one in (verify, restore, prune):
            one.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def _add_create(self, commands: Any) -> None:
        does = "write an encrypted backup to FILE, or under a name of its own into a folder; people go on working"
        create = commands.add_parser("create", help="make a backup", description=does)
        create.add_argument("file", metavar="FILE", help="a file that is not there yet, or a folder")
        create.add_argument("--identity", metavar="KEYFILE", help=f"{OPENS}; with it the backup is restored as a proof")
        create.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        does: dict[str, Callable[[dict[str, Any]], int]] = {
            "create": self._create,
            "verify": self._verify,
            "restore": self._restore,
            "prune": self._prune,
            "key": self._key,
        }
        try:
            code = does[options["what"]](options)
        except CouldNot as fault:
            self.stderr.write(f"{options['file']}: {fault}" if options["what"] in ("verify", "restore") else str(fault))
            code = COULD_NOT
        except DatabaseError:
            self.stderr.write("The database cannot be read or has no tables yet. Run: trellis doctor")
            code = COULD_NOT
        if code:
            sys.exit(code)

    def _create(self, options: dict[str, Any]) -> int:
        recipients = keys.recipients(settings.BACKUP_RECIPIENTS)
        identities = keys.identities(Path(options["identity"])) if options["identity"] else None
        made = making.create(Path(options["file"]), recipients, identities, self._tell)
        faults = [*made.faults, *(made.proof.faults if made.proof else [])]
        said = {**made.as_json(), "ok": not faults, "faults": faults}
        return self._say(options, said, _of_made(made))

    def _verify(self, options: dict[str, Any]) -> int:
        file = Path(options["file"])
        if not options["identity"]:
            digest = sealed.look(file).digest
            said = {"ok": True, "sha256": digest, "opened": False, "faults": []}
            return self._say(options, said, ["The file is as it was written.", NOT_OPENED])
        proof = proving.verify(file, keys.identities(Path(options["identity"])), self._tell)
        return self._say(options, {**proof.as_json(), "opened": True}, _proved(proof))

    def _restore(self, options: dict[str, Any]) -> int:
        identities = keys.identities(Path(options["identity"]))
        proof = restoring.restore(Path(options["file"]), identities, options["into"], self._tell)
        words = [f"Restored. The data is of {_instant(proof)}; what came after it is not there.", *_proved(proof)]
        if proof.ledger:
            known = AGAIN.format(len(proof.ledger.entries), proof.deleted_again)
            words.append(known if proof.ledger.files else NO_LEDGER)
        return self._say(options, proof.as_json(), [*words, "Everybody signs in again. Now run: trellis doctor"])

    def _prune(self, options: dict[str, Any]) -> int:
        gone = pruning.prune(Path(options["folder"]), dry_run=options["dry_run"])
        went = "would go" if options["dry_run"] else "went"
        said = {"ok": True, "dry_run": options["dry_run"], "pruned": gone, "faults": []}
        return self._say(options, said, [*gone, f"{len(gone)} backups {went}."])

    def _key(self, options: dict[str, Any]) -> int:
        public = keys.make(Path(options["file"]))
        self.stdout.write(f"Public key, for TRELLIS_BACKUP_RECIPIENTS:\n{public}")
        self.stdout.write(f"{options['file']} holds the private key. Without it no backup opens; keep it apart, twice.")
        return DONE

    def _say(self, options: dict[str, Any], said: dict[str, Any], words: list[str]) -> int:
        if options["json"]:
            self.stdout.write(json.dumps(said))
        else:
            for line in [*words, *said["faults"]]:
                self.stdout.write(line)
        return NOT_RIGHT if said["faults"] else DONE

    def _tell(self, what: str, done: int, all: int) -> None:
        """Long work shows progress, where somebody looks on."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{what}: {100 * done // max(all, 1)} %   ", ending="" if done < all else "\n")


NO_LEDGER = (
    "There is no ledger of deletions here (deleted.jsonl): whoever was deleted after this backup was made is there "
    "again. Put the ledger beside the data, or into the folder of the checkpoints; the worker then deletes them again."
)
AGAIN = "The ledger names {} deleted records. {} of them were in the backup, and were deleted again."
READ_BACK = "It reads as it was written. Whether it restores was not tried: that takes --identity KEYFILE."
NOT_OPENED = "What it holds was not opened: that takes --identity KEYFILE."


def _of_made(made: making.Made) -> list[str]:
    said = made.manifest
    documents = f"{made.documents} documents" if said.documents else "no documents, for this installation keeps none"
    return [
        f"{made.file}: {made.bytes} bytes, {len(said.tables)} tables with {said.rows} rows as of "
        f"{said.made_at:%Y-%m-%d %H:%M:%S} UTC, {documents}.",
        *(_proved(made.proof) if made.proof else [READ_BACK]),
    ]


def _proved(proof: Proof) -> list[str]:
    said, looked = proof.manifest, proof.looked
    if looked is None:
        return [
            "Proved: every part has the hash that was noted when it was made, and the manifest is whole.",
            f"Not proved: that it can be restored. Here is no {restoring.KINDS[said.engine]} in which to try that.",
        ]
    behind = f" {looked.migrations} migrations that came since were applied." if looked.migrations else ""
    return [
        f"Proved by restoring it apart: the data of {_instant(proof)}, {len(said.tables)} tables with {said.rows} rows "
        f"as counted when it was made, {proof.documents} documents, every hash as noted.{behind}",
        f"The audit trail was read: {looked.events} events, {looked.sealed} of them sealed.",
    ]


def _instant(proof: Proof) -> str:
    return f"{proof.manifest.made_at:%Y-%m-%d %H:%M:%S} UTC"
