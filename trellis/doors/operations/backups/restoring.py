"""A backup in its place. Until everything in it was looked at nothing is touched; data that is there stays."""

from dataclasses import replace
from pathlib import Path

from trellis.doors.operations.backups import actions, documents, proving
from trellis.doors.operations.backups.databases import ENGINES
from trellis.doors.operations.backups.databases.pointing import Settings, settings_of, vendor_of
from trellis.doors.operations.backups.faults import CouldNot, NoBackup
from trellis.doors.operations.backups.keys import Identity
from trellis.doors.operations.backups.proving import Proof
from trellis.doors.operations.backups.reading import Opened, Tell, nobody, opened
from trellis.doors.operations.retention import going, ledger

KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
WHAT_TO_DO = (
    "Nothing was restored, for a restore never overwrites. Stop Trellis, move what is there aside or name an empty "
    "database with --into, and run this again."
)


def restore(file: Path, identities: list[Identity], into: str | None = None, tell: Tell = nobody) -> Proof:
    settings = settings_of(into)
    engine = ENGINES[vendor_of(settings)]
    _refuse_taken(settings)
    with engine.room(settings) as folder:
        found = opened(file, identities, folder, tell)
        if found.manifest.engine != vendor_of(settings):
            made, there = KINDS[found.manifest.engine], KINDS[vendor_of(settings)]
            raise NoBackup(f"It is a backup of a database in {made}, and it was to be restored into {there}.")
        proof = proving.prove(found, tell)
        if proof.looked and proof.looked.wrong:
            raise NoBackup(" ".join(["What it holds is not what was backed up.", *proof.looked.wrong]))
        _refuse_taken(settings)  # it took a while to come here
        return _put(found, settings, proof, tell)


def _refuse_taken(settings: Settings) -> None:
    taken = ENGINES[vendor_of(settings)].why_taken(settings) or documents.why_taken()
    if taken:
        raise CouldNot(f"{taken} {WHAT_TO_DO}")


def _put(found: Opened, settings: Settings, proof: Proof, tell: Tell) -> Proof:
    late: list[proving.Looked] = []
    known, gone = ledger.read(), 0

    def arrive() -> None:
        nonlocal gone
        if proof.looked is None:  # it could not be restored apart: it is looked at in its place
            late.append(proving.look(found.manifest, tell))
        proving.migrate()
        gone = going.delete_again(known, tell)  # whoever was deleted since is not seen again
        actions.arrive(found.digest)

    tell("Putting it in place", 0, 1)
    take_away = documents.put(found.folder)
    try:
        ENGINES[found.manifest.engine].put(found.database, settings, arrive)
    except BaseException:
        take_away()
        raise
    tell("Putting it in place", 1, 1)
    looked = late[0] if late else proof.looked
    return replace(proof, looked=looked, ledger=known, deleted_again=gone)
