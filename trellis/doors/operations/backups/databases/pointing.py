"""Which database `default` names: another one for a while, in this thread alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler, load_backend
from environs import Env

from trellis.doors.operations.backups.faults import CouldNot

Settings = dict[str, Any]
ENGINE = "django.db.backends."


@contextmanager
def pointed_at(settings: Settings) -> Iterator[BaseDatabaseWrapper]:
    before = connections["default"]
    there: BaseDatabaseWrapper = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    connections["default"] = there
    try:
        yield there
    finally:
        there.close()
        connections["default"] = before


def settings_of(url: str | None) -> Settings:
    """Of a DATABASE_URL, or of this installation's own database."""
    if url is None:
        found = dict(connection.settings_dict)
    else:
        try:
            found = Env().dj_db_url("TRELLIS_BACKUP_INTO", url)
        except ValueError:
            raise CouldNot(f"{url.partition(':')[0]}: is no address of a database that Trellis can use.") from None
    options = {name: value for name, value in _options(found).items() if name != "pool"}
    return _whole({**found, "OPTIONS": options})


def file_settings(name: str) -> Settings:
    return _whole({"ENGINE": ENGINE + "sqlite3", "NAME": name, "OPTIONS": {"transaction_mode": "IMMEDIATE"}})


def vendor_of(settings: Settings) -> str:
    return "sqlite" if settings["ENGINE"].endswith("sqlite3") else "postgresql"


def _options(found: Settings) -> dict[str, Any]:
    """Those of this installation, where the database is of the same kind."""
    ours = connection.settings_dict
    return {**(ours["OPTIONS"] if ours["ENGINE"] == found["ENGINE"] else {}), **found.get("OPTIONS", {})}


def _whole(settings: Settings) -> Settings:
    """With all that Django fills in, and nothing kept open."""
    return dict(ConnectionHandler({"default": {**settings, "CONN_MAX_AGE": 0}}).settings["default"])


@dataclass(frozen=True)
class Content:
    """What a database holds, counted in the copy itself."""

    tables: dict[str, int]
    migrations: list[tuple[str, str]]
    newest_event: int
    loose_keys: tuple[str, ...] = ()  # tables of which a row points to one that is not there


def content() -> Content:
    """Of the database that `default` names."""
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        tables = {}
        for name in names:
            cursor.execute(f"SELECT COUNT(*) FROM {quoted(name)}")
            tables[name] = cursor.fetchone()[0]
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        migrations = [(app, name) for app, name in cursor.fetchall()]
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM audit_auditevent")
        return Content(tables, migrations, cursor.fetchone()[0])
