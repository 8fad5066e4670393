"""Databases for tests. Most tests roll back. One that commits works on its own copy of the migrated database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from tests.support.environment import RUN

_numbers = count(1)
COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(RUN / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Migrates once, and keeps an untouched copy for the tests that commit."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())
        name = connection.settings_dict["NAME"]
        template = _copy(name, f"{name}_template")
    yield
    with django_db_blocker.unblock():
        _drop(template)
        _close()
        _empty(name)
        teardown_databases(made, verbosity=0)


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker):
    """A fresh migrated database in which this test may commit; every connection of this process uses it."""
    name = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        copy = _copy(f"{name}_template", f"{name}_{next(_numbers)}")
        _switch(copy)
        try:
            yield copy
        finally:
            _switch(name)
            _drop(copy)


@pytest.fixture
def database_url(committed_db: str) -> str:
    """The address of this test's own database, for the environment of another process."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{committed_db}"
    at = connection.settings_dict
    return f"postgres://{at['USER']}@{at['HOST'].replace('/', '%2F')}/{committed_db}"


@pytest.fixture
def statements():
    """`with statements() as seen:` … `assert len(seen) == 3`. Reads and writes count; savepoints do not."""
    return _statements


@contextmanager
def _statements() -> Iterator["Seen"]:
    seen = Seen()
    with CaptureQueriesContext(connection) as captured:
        yield seen
    seen.extend(q["sql"] for q in captured.captured_queries if q["sql"].lstrip("( \n").upper().startswith(COUNTED))


class Seen(list[str]):
    def __repr__(self) -> str:
        return f"{len(self)} statements:\n" + "\n".join(self)


def _switch(name: str) -> None:
    _close()
    connection.settings_dict["NAME"] = name


def _close() -> None:
    connections.close_all()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool:
        close_pool()


def _copy(source: str, target: str) -> str:
    _close()
    if connection.vendor == "sqlite":
        _remove_files(target)
        with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
            old.backup(new)
        old.close()
        new.close()
    else:
        _empty(source)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    return target


def _drop(name: str) -> None:
    if connection.vendor == "sqlite":
        _remove_files(name)
    else:
        _empty(name)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _empty(name: str) -> None:
    """Whoever is in it leaves. PostgreSQL itself waits five seconds, and a vacuum on a busy machine takes longer."""
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = %s", [name])


def _remove_files(name: str) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(name + suffix).unlink(missing_ok=True)
