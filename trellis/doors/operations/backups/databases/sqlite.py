"""SQLite: a copy in one step, and a file that appears under its name when all in it is right."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from django.db import connection

from trellis.doors.operations.backups import private
from trellis.doors.operations.backups.databases.pointing import Content, Settings, content, file_settings, pointed_at
from trellis.doors.operations.backups.faults import CouldNot

BESIDE = ("-wal", "-shm", "-journal")


def copy(folder: Path) -> tuple[Path, Content]:
    """One step: a reader in WAL mode, which holds nobody up and which no writer makes begin again."""
    to = folder / "copy.sqlite3"
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(to)) as target:
            connection.connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file
    except sqlite3.Error as fault:
        raise CouldNot(f"The database could not be copied: {fault}.") from None
    with pointed_at(file_settings(str(to))):
        _refuse_damage(damage())
        return to, replace(content(), loose_keys=tuple(loose_keys()))


def _refuse_damage(what: str | None) -> None:
    if what:
        raise CouldNot(f"{what} Keep the backups that you have, and restore the newest of them.")


def damage() -> str | None:
    """Of the database that `default` names: why nobody should keep it."""
    found = _ask("PRAGMA integrity_check")
    return None if found == [("ok",)] else f"The database is damaged: {found[0][0].splitlines()[0]}."


def loose_keys() -> list[str]:
    """Tables of which a row points to one that is not there."""
    return sorted({row[0] for row in _ask("PRAGMA foreign_key_check")})


def _ask(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        return list(cursor.execute(sql).fetchall())


@contextmanager
def apart(part: Path, folder: Path) -> Iterator[bool]:
    """`default` names the restored file. It is always possible: a file needs no server."""
    part.chmod(0o600)
    with pointed_at(file_settings(str(part))):
        yield True


def why_taken(settings: Settings) -> str | None:
    path = Path(settings["NAME"]).absolute()
    if not path.exists():
        left = [f"{path}{ending}" for ending in BESIDE if Path(f"{path}{ending}").exists()]
        return f"{left[0]} is left of another database." if left else None
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as there:
            tables = there.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.Error:
        return f"{path} is there and is no database that can be read."
    return f"{path} holds a database." if tables else None


@contextmanager
def room(settings: Settings) -> Iterator[Path]:
    """On the disk on which the database will lie, so that it appears there in one step."""
    with private.folder(Path(settings["NAME"]).absolute().parent) as folder:
        yield folder


def put(part: Path, settings: Settings, arrive: Callable[[], None]) -> None:
    """`arrive` writes what belongs to the restore itself; the file appears with it, or not at all."""
    with pointed_at(file_settings(str(part))):
        arrive()
        _ask("PRAGMA journal_mode=DELETE")
    _sync(part)
    path = Path(settings["NAME"]).absolute()
    _take_away_empty(path, settings)
    try:
        path.hardlink_to(part)  # unlike a rename it never takes another's place
    except FileExistsError:
        raise CouldNot(f"{path} appeared meanwhile. Nothing was restored.") from None
    _sync(path.parent)


def _take_away_empty(path: Path, settings: Settings) -> None:
    """A file without a table, as a command leaves it that looked for one."""
    taken = why_taken(settings)
    if taken:
        raise CouldNot(f"{taken} Nothing was restored.")
    for ending in ("", *BESIDE):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
