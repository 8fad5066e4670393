"""Keys, folders and databases for the tests of backups and of a change of keys."""

import json
from functools import partial

import pytest
from django.db import connection

from trellis.doors.operations.backups import keys
from trellis.doors.operations.backups.databases import pointing
from trellis.doors.operations.rotation import looking
from trellis.doors.operations.tests.sealing import OLD
from trellis.foundation.audit.tests.trail import happen


@pytest.fixture(autouse=True)
def _papers(papers):
    """No test finds the documents of another."""


@pytest.fixture
def var(settings, tmp_path):
    """Where clear text may lie for a moment; nothing may be left in it."""
    settings.VAR = tmp_path / "var"
    yield settings.VAR
    assert not list(settings.VAR.glob(".*")), "clear text was left behind"


@pytest.fixture
def key(settings, tmp_path):
    """A key file; its public key is the one that backups are made for."""
    file = tmp_path / "key"
    settings.BACKUP_RECIPIENTS = [keys.make(file)]
    return file


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def other_place(committed_db, database_url, tmp_path):
    """The address of a database that is not there yet; gone after the test."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'other' / 'place.sqlite3'}"
        return
    name = f"{committed_db}_other"
    yield database_url.removesuffix(committed_db) + name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def run(trellis):
    """`run("verify", file)` answers code, standard output and standard error."""
    return partial(trellis, "backup")


@pytest.fixture
def made(run, key, folder):
    """A backup of thirty events."""
    happen(30)
    code, _, err = run("create", folder)
    assert (code, err) == (0, "")
    return next(folder.iterdir())


@pytest.fixture
def at(other_place):
    """`with at():` the database that was restored to the other place is the database."""
    return lambda: pointing.pointed_at(pointing.settings_of(other_place))


@pytest.fixture
def on_sqlite(committed_db):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: files")


@pytest.fixture
def on_postgresql(committed_db):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: programs of the server")


@pytest.fixture
def secrets(settings, tmp_path):
    """A file of secrets as it was before keys could be changed."""
    file = tmp_path / "secrets.json"
    file.write_text(json.dumps({"secret_key": "kept", "field_key": OLD}))
    settings.FIELD_KEYS_FILE = file
    return file


@pytest.fixture
def few(monkeypatch):
    """Batches of two rows."""
    monkeypatch.setattr(looking, "AT_ONCE", 2)


@pytest.fixture
def run_keys(trellis, secrets):
    """`run_keys("rotate")` answers code, standard output and standard error."""
    return partial(trellis, "keys")
