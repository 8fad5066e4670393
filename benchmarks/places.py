"""Databases to measure on: built once by `trellis demo build --bulk`, kept in var/bench, and copied for each run."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
#: what a built database depends on
SOURCES = (
    "trellis/**/migrations/*.py", "trellis/doors/demo/**/*.py", "trellis/foundation/record/triggers.py",
    "trellis/people/clients/names.py", "trellis/people/clients/rules.py", "trellis/**/blueprints/*.toml",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    database: str
    clients: int
    url: str
    var: Path

    @property
    def environment(self) -> dict[str, str]:
        """As `trellis serve` sets it up; a demo, because the clock of one stands where it is told to stand."""
        return {
            "DATABASE_URL": self.url,
            "TRELLIS_VAR": str(self.var),
            "TRELLIS_DEMO": "1",
            "TRELLIS_POOL": "1",
            "IDLE_MINUTES_STAFF": "600",  # who waits for a turn to be measured is not signed out
            "IDLE_MINUTES_CLIENT": "600",
            "DJANGO_SETTINGS_MODULE": "trellis.config.settings",
        }

    @property
    def short_lived(self) -> dict[str, str]:
        """For commands that end soon: they do without a pool, and log nothing."""
        return self.environment | {"TRELLIS_POOL": "0", "TRELLIS_LOG_LEVEL": "WARNING"}


@contextmanager
def place(database: str, clients: int, var: Path) -> Iterator[Place]:
    var.mkdir(parents=True, exist_ok=True)
    with (_on_sqlite if database == "sqlite" else _on_postgresql)(clients, var) as url:
        yield Place(database, clients, url, var)


def digest() -> str:
    found = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        if "tests" not in path.parts:
            found.update(path.read_bytes())
    return found.hexdigest()[:12]


def connect(url: str) -> "sqlite3.Connection | psycopg.Connection":
    """A raw connection that is as careful as Trellis's own, and commits when it is told to."""
    if url.startswith("postgres"):
        return psycopg.connect(**_parts(url), autocommit=True)
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-16000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def _build(clients: int, url: str, var: Path) -> None:
    environment = os.environ | Place("", clients, url, var).short_lived
    command = [sys.executable, "-m", "trellis", "demo", "build", "--bulk", "--clients", str(clients)]
    print(f"Building a database of {clients:,} clients; it is kept for the next time.", file=sys.stderr, flush=True)
    built = subprocess.run(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, check=False)
    if built.returncode:
        raise SystemExit(f"{built.stderr}\nThe database of {clients:,} clients could not be built.")


def _keep(fresh: Path, kept: Path) -> None:
    """In place of those that an older program built."""
    database, clients, _ = kept.name.split("-")
    for older in kept.parent.glob(f"{database}-{clients}-*"):
        older.unlink()
    fresh.rename(kept)


@contextmanager
def empty(here: Place) -> Iterator[str]:
    """The address of a database beside it that is not there yet; what comes to be there is taken away."""
    if here.database == "sqlite":
        file = Path(f"{here.url.removeprefix('sqlite:///')}-restored")
        try:
            yield f"sqlite:///{file}"
        finally:
            for ending in ("", "-wal", "-shm"):
                Path(f"{file}{ending}").unlink(missing_ok=True)
        return
    name = f"{_parts(here.url)['dbname']}_restored"
    try:
        yield f"{here.url.rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(**_parts(here.url), autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


# --- SQLite -----------------------------------------------------------------------------------------------------------


@contextmanager
def _on_sqlite(clients: int, var: Path) -> Iterator[str]:
    kept = var / f"sqlite-{clients}-{digest()}.sqlite3"
    if not kept.exists():
        # In a folder of its own, so that what lies beside a database goes with it: its log, its list of sign-ins.
        with TemporaryDirectory(dir=var, prefix="building-") as folder:
            fresh = Path(folder) / "demo.sqlite3"
            _build(clients, f"sqlite:///{fresh}", var)
            with closing(sqlite3.connect(fresh)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            _keep(fresh, kept)
    copy = var / f"run-{os.getpid()}.sqlite3"
    shutil.copyfile(kept, copy)
    try:
        yield f"sqlite:///{copy}"
    finally:
        for ending in ("", "-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


@contextmanager
def _on_postgresql(clients: int, var: Path) -> Iterator[str]:
    cluster = os.environ.get("DATABASE_URL", "")
    if not cluster.startswith("postgres"):
        raise SystemExit("There is no PostgreSQL to measure on: run make bench, which starts one, or set DATABASE_URL.")
    name = f"bench_{clients}_{os.getpid()}"
    url = f"{cluster.rsplit('/', 1)[0]}/{name}"
    with psycopg.connect(**_parts(cluster), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            _fill(clients, url, var)
            yield url
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
            for sign_ins in var.glob(f"*{name}.accounts.json"):  # nobody signs in to what is gone
                sign_ins.unlink()


def _fill(clients: int, url: str, var: Path) -> None:
    """The cluster of `make bench` lives as long as the run: what was built is kept as a dump."""
    kept = var / f"postgresql-{clients}-{digest()}.dump"
    if kept.exists():
        _program("pg_restore", url, "--no-owner", "--jobs=2", "--dbname", _parts(url)["dbname"], str(kept))
    else:
        _build(clients, url, var)
        with TemporaryDirectory(dir=var, prefix="building-") as folder:
            fresh = Path(folder) / "demo.dump"
            _program("pg_dump", url, "--format=custom", "--compress=1", "--file", str(fresh), _parts(url)["dbname"])
            _keep(fresh, kept)
    with psycopg.connect(**_parts(url), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")  # as autovacuum would have, soon


def _program(name: str, url: str, *arguments: str) -> None:
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    program = str(beside[-1]) if beside else shutil.which(name)
    if not program:
        raise SystemExit(f"{name} is missing. Please run: sudo apt-get update && sudo apt-get install postgresql")
    at = _parts(url)
    port = ["--port", at["port"]] if "port" in at else []
    environment = os.environ | ({"PGPASSWORD": at["password"]} if "password" in at else {})
    command = [program, "--host", at["host"], *port, "--username", at["user"], *arguments]
    if subprocess.run(command, env=environment, check=False).returncode:
        raise SystemExit(f"{name} failed; what went wrong stands above.")


def _parts(url: str) -> dict[str, str]:
    found = urlsplit(url)
    parts = {
        "host": unquote(found.hostname or ""), "port": str(found.port or ""), "user": unquote(found.username or ""),
        "password": unquote(found.password or ""), "dbname": found.path.lstrip("/"),
    }  # fmt: skip
    # urlsplit lowers the host, and the folder of a socket is one
    parts["host"] = unquote(found.netloc.rpartition("@")[2].partition(":")[0]) or parts["host"]
    return {key: value for key, value in parts.items() if value}
