"""PostgreSQL: pg_dump and pg_restore, as the server's own programs do it best."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from trellis.doors.operations.backups import private
from trellis.doors.operations.backups.databases.pointing import (
    Content,
    Settings,
    content,
    pointed_at,
    settings_of,
    vendor_of,
)
from trellis.doors.operations.backups.faults import CouldNot

#: who restores owns all; what a database of its own lets nobody else do needs no grants
AS_IT_COMES = ("--no-owner", "--no-privileges")
NO_DATABASE = "3D000"
OURS = (
    "SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
    "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
)
#: a key that was added without looking at the rows there were
UNCHECKED = "SELECT DISTINCT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"


def copy(folder: Path) -> tuple[Path, Content]:
    """Dumped and counted in one snapshot: what is counted is what is dumped, whoever writes meanwhile."""
    to = folder / "copy.dump"
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        counted = content()
        # Compressed once, with all the rest.
        _run("pg_dump", connection.settings_dict, "-Fc", "-Z0", f"--snapshot={snapshot}", f"--file={to}")
    return to, counted


def damage() -> str | None:
    """A dump that was restored has been read whole: what was damaged would have ended it."""
    return None


def loose_keys() -> list[str]:
    """PostgreSQL looks at every key when it restores; here are those that it was told not to look at."""
    with connection.cursor() as cursor:
        cursor.execute(UNCHECKED)
        return sorted(row[0] for row in cursor.fetchall())


@contextmanager
def apart(part: Path, folder: Path) -> Iterator[bool]:
    """In a database of its own on this installation's server, where it may make one."""
    made = _make_apart()
    if made is None:
        _list(part, folder)
        yield False
        return
    try:
        _restore(part, made)
        with pointed_at(made):
            yield True
    finally:
        _on_server(made, f'DROP DATABASE IF EXISTS "{made["NAME"]}" WITH (FORCE)')


def _make_apart() -> Settings | None:
    ours = settings_of(None)
    if vendor_of(ours) != "postgresql" or not shutil.which("pg_restore"):
        return None
    made = {**ours, "NAME": f"trellis_apart_{secrets.token_hex(6)}"}
    try:
        _create(made)
    except DatabaseError:  # it may not: nothing was made
        return None
    return made


def _list(part: Path, folder: Path) -> None:
    """Where nothing can be restored the list of contents at least is read, where the program for it is there."""
    if shutil.which("pg_restore"):
        _run("pg_restore", None, "--list", f"--file={folder / 'list'}", str(part))


def why_taken(settings: Settings) -> str | None:
    with pointed_at(settings) as there:
        try:
            with there.cursor() as cursor:
                cursor.execute(OURS)
                tables = cursor.fetchone()[0]
        except DatabaseError as fault:
            if _is_missing(fault):
                return None
            raise CouldNot(f"The database server does not let us in ({type(fault).__name__}).") from None
    return f"The database {settings['NAME']} holds tables." if tables else None


def _is_missing(fault: BaseException) -> bool:
    """The server is there, the database is not. psycopg tells no state of a connection that was refused."""
    return getattr(fault.__cause__, "sqlstate", None) == NO_DATABASE or "does not exist" in str(fault)


@contextmanager
def room(settings: Settings) -> Iterator[Path]:
    with private.folder(Path(django_settings.VAR)) as folder:
        yield folder


def put(part: Path, settings: Settings, arrive: Callable[[], None]) -> None:
    """All or nothing: one transaction brings everything into an empty database."""
    if not shutil.which("pg_restore"):
        raise CouldNot(_not_installed("pg_restore"))
    _make_if_missing(settings)
    _restore(part, settings)
    with pointed_at(settings):
        arrive()


def _make_if_missing(settings: Settings) -> None:
    with pointed_at(settings) as there:
        try:
            there.ensure_connection()
        except DatabaseError as fault:
            if not _is_missing(fault):
                raise
            _create(settings)


def _create(settings: Settings) -> None:
    _on_server(settings, f"CREATE DATABASE \"{settings['NAME']}\" ENCODING 'UTF8' TEMPLATE template0")


def _on_server(settings: Settings, sql: str) -> None:
    """Ask the server, through a database that is always there."""
    with pointed_at({**settings, "NAME": "postgres"}) as server, server.cursor() as cursor:
        cursor.execute(sql)


def _restore(part: Path, settings: Settings) -> None:
    name = f"--dbname={settings['NAME']}"
    _run("pg_restore", settings, "--single-transaction", "--no-comments", *AS_IT_COMES, name, str(part))


def _run(program: str, settings: Settings | None, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise CouldNot(_not_installed(program))
    environment = os.environ | _environment(settings) if settings else None
    done = subprocess.run(
        [path, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        # The first line alone: those behind it may hold a row.
        said = (done.stderr.strip().splitlines() or [f"{program} ended with {done.returncode}"])[0]
        raise CouldNot(f"PostgreSQL could not do it. {said[:300]}")


def _not_installed(program: str) -> str:
    return (
        f"{program} is not installed. Install the client programs of PostgreSQL, of the server's version or a later "
        "one (Debian: apt install postgresql-client)."
    )


def _environment(settings: Settings) -> dict[str, str]:
    """Where the server is and who asks, out of sight of a list of processes."""
    _, known = DatabaseClient.settings_to_cmd_args_env(settings, [])
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME", "PGPASSWORD": "PASSWORD"}
    ours = {variable: str(settings[key]) for variable, key in named.items() if settings.get(key)}
    return {**(known or {}), **ours}
