"""What one kind of database alone can do wrong."""

import json
import stat
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from trellis.doors.operations.backups.databases import pointing, postgresql, sqlite
from trellis.doors.operations.backups.faults import CouldNot
from trellis.doors.operations.tests.backups import files
from trellis.foundation.audit.tests.trail import happen

pytestmark = pytest.mark.usefixtures("committed_db", "var")


def test_a_damaged_database_is_not_backed_up(run, key, folder, committed_db, on_sqlite):
    happen(30)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = cursor.execute(
            "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'audit_auditevent'"
        ).fetchone()[0]
    connection.close()
    whole = Path(committed_db).read_bytes()
    before, index = whole[: (page - 1) * 4096], whole[(page - 1) * 4096 : page * 4096]
    Path(committed_db).write_bytes(before + index.replace(b"client.read", b"client.rxxd") + whole[page * 4096 :])
    code, _, err = run("create", folder)
    assert (code, files(folder)) == (2, [])
    assert err.startswith("The database is damaged: ")
    assert "restore the newest of them" in err


def test_keys_that_point_nowhere_are_told_and_backed_up(run, key, folder, on_sqlite):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("INSERT INTO auth_permission (content_type_id, codename, name) VALUES (9999, 'x', 'x')")
    connection.close()
    code, out, _ = run("create", folder / "b", "--json")
    faults = ["Rows of auth_permission point to rows that are not there."]
    assert (code, json.loads(out)["faults"]) == (1, faults)
    code, out, _ = run("verify", folder / "b", "--identity", key, "--json")
    assert (code, json.loads(out)["faults"]) == (1, faults)


@pytest.mark.parametrize("there", ["text", "empty", "left", "appears"])
def test_what_lies_where_the_file_would(run, made, key, tmp_path, monkeypatch, there, on_sqlite):
    path = tmp_path / "place.sqlite3"
    if there == "text":
        path.write_text("some words of somebody, and no database " * 10)
    if there == "empty":
        path.touch()
    if there == "left":
        path.with_name("place.sqlite3-wal").write_bytes(b"x")
    if there == "appears":
        monkeypatch.setattr(sqlite, "_take_away_empty", lambda path, settings: path.write_text("mine"))
    code, _, err = run("restore", made, "--identity", key, "--into", f"sqlite:///{path}")
    if there == "empty":
        assert (code, stat.S_IMODE(path.stat().st_mode)) == (0, 0o600)
        return
    said = {"text": "no database that can be read", "left": "left of another database", "appears": "appeared meanwhile"}
    assert (code, said[there] in err) == (2, True)
    assert there != "appears" or path.read_text() == "mine"


def test_a_database_taken_between_the_last_look_and_the_link_stays(tmp_path, committed_db, on_sqlite):
    with pytest.raises(CouldNot, match=r"holds a database\. Nothing was restored"):
        sqlite._take_away_empty(Path(committed_db), pointing.file_settings(committed_db))


def test_a_missing_program_is_named(run, key, folder, monkeypatch, on_postgresql):
    monkeypatch.setattr(postgresql.shutil, "which", lambda name: None)
    code, _, err = run("create", folder)
    assert (code, err.startswith("pg_dump is not installed.")) == (2, True)
    with pytest.raises(CouldNot, match="pg_restore is not installed"):
        postgresql.put(folder, {}, lambda: None)


def test_where_no_database_may_be_made_the_list_is_read(run, made, key, monkeypatch, on_postgresql):
    def refused(settings):
        raise DatabaseError

    monkeypatch.setattr(postgresql, "_create", refused)
    code, out, _ = run("verify", made, "--identity", key)
    assert (code, "Here is no PostgreSQL in which to try that." in out) == (0, True)


def test_a_server_that_lets_nobody_in_is_told(run, made, key, on_postgresql):
    there = "postgres://nobody@127.0.0.1:1/none"
    code, _, err = run("restore", made, "--identity", key, "--into", there)
    assert (code, "does not let us in (OperationalError)" in err) == (2, True)
    with pytest.raises(DatabaseError):
        postgresql._make_if_missing(pointing.settings_of(there))


def test_restoring_apart_leaves_nothing_on_the_server(run, made, key, on_postgresql):
    run("verify", made, "--identity", key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pg_database WHERE datname LIKE 'trellis_apart_%'")
        assert cursor.fetchone() == (0,)
