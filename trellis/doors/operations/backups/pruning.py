"""Lets the oldest backups go."""

from datetime import datetime
from pathlib import Path

from trellis.doors.operations.backups import rules
from trellis.doors.operations.backups.faults import CouldNot


def names(folder: Path) -> list[str]:
    """Of the files in a folder; what only looks like a backup by its name is left out."""
    try:
        return [path.name for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
    except OSError as fault:
        raise CouldNot(f"{folder}: It cannot be read: {fault.strerror}.") from None


def newest(folder: Path) -> datetime | None:
    found = rules.ours(names(folder))
    return found[0][0] if found else None


def prune(folder: Path, *, dry_run: bool = False) -> list[str]:
    """Answers the names that went, or would go; only files that begin as a backup of ours does."""
    gone = [name for name in rules.to_prune(names(folder)) if _begins_as_ours(folder / name)]
    try:
        for name in gone if not dry_run else ():
            (folder / name).unlink(missing_ok=True)
    except OSError as fault:
        raise CouldNot(f"{folder}: A backup cannot be taken away: {fault.strerror}.") from None
    return gone


def _begins_as_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(rules.MAGIC)) == rules.MAGIC
