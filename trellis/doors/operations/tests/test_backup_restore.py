"""`trellis backup restore`: all of it or nothing, and never over what is there."""

import stat
from contextlib import nullcontext

import pytest
from cryptography.fernet import Fernet
from django.db import DatabaseError, connection

from trellis.doors.operations.backups import (
    documents,
    restoring,
    sealed,
)
from trellis.doors.operations.backups.databases import ENGINES, postgresql
from trellis.doors.operations.backups.faults import CouldNot
from trellis.foundation.access.actor import Actor
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.documents import actions, queries
from trellis.foundation.documents.models import Document
from trellis.foundation.documents.reworking import Clean
from trellis.foundation.documents.rules import Kind
from trellis.foundation.record import triggers
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.usefixtures("committed_db", "var")


def test_a_restore_brings_all_back_with_its_guards_and_an_event(run, made, key, other_place, at):
    before = list(AuditEvent.objects.values_list("id", "actor", "verb"))
    code, out, err = run("restore", made, "--identity", key, "--into", other_place)
    assert (code, err) == (0, "")
    assert out.startswith("Restored. The data is of ")
    with at():
        assert list(AuditEvent.objects.exclude(verb="backup.restore").values_list("id", "actor", "verb")) == before
        event = AuditEvent.objects.get(verb="backup.restore")
        assert event.object == f"backup:{sealed.look(made).digest[:8]}"
        assert triggers.missing(connection) == []
        with writing("a test"), connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
            cursor.execute("DELETE FROM audit_auditevent")
    assert not AuditEvent.objects.filter(verb="backup.restore").exists()


def test_a_live_database_is_never_restored_onto(run, made, key):
    code, _, err = run("restore", made, "--identity", key)
    assert code == 2
    assert "Nothing was restored, for a restore never overwrites." in err
    assert AuditEvent.objects.count() == 30


def test_one_that_fills_while_the_backup_is_opened_is_not_either(run, made, key, other_place, monkeypatch):
    answers = iter([None, "It holds a database."])
    monkeypatch.setattr(ENGINES[connection.vendor], "why_taken", lambda settings: next(answers))
    code, _, err = run("restore", made, "--identity", key, "--into", other_place)
    assert (code, "It holds a database." in err) == (2, True)


def test_a_backup_is_restored_into_its_own_kind_of_database_alone(run, made, key, tmp_path, monkeypatch):
    there = "postgres://nobody@localhost:1/none" if connection.vendor == "sqlite" else f"sqlite:///{tmp_path / 'x'}"
    monkeypatch.setattr(postgresql, "why_taken", lambda settings: None)
    code, _, err = run("restore", made, "--identity", key, "--into", there)
    assert (code, "It is a backup of a database in" in err) == (2, True)


@pytest.mark.parametrize("url", ["nonsense", "mongodb://x/y"])
def test_an_address_that_is_none_is_named(run, made, key, url):
    code, _, err = run("restore", made, "--identity", key, "--into", url)
    assert (code, "is no address of a database" in err) == (2, True)


def test_other_field_keys_are_told_before_and_after(run, made, key, other_place, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    code, out, _ = run("verify", made, "--identity", key)
    assert (code, "other field keys" in out) == (1, True)
    code, out, _ = run("restore", made, "--identity", key, "--into", other_place)
    assert (code, out.startswith("Restored.")) == (1, True)


def test_documents_come_back_and_are_never_overwritten(run, key, folder, other_place, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "documents")
    (tmp_path / "documents" / "a").mkdir(parents=True)
    (tmp_path / "documents" / "a" / "one.pdf").write_bytes(b"one" * 1000)
    (tmp_path / "documents" / "link").symlink_to(key)
    code, out, _ = run("create", folder / "b", "--identity", key)
    assert (code, "1 documents" in out) == (0, True)
    code, _, err = run("restore", folder / "b", "--identity", key, "--into", other_place)
    assert (code, "holds documents." in err) == (2, True)
    settings.MEDIA_ROOT = str(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    assert run("restore", folder / "b", "--identity", key, "--into", other_place)[0] == 0
    assert (tmp_path / "elsewhere" / "a" / "one.pdf").read_bytes() == b"one" * 1000


def test_a_paper_comes_back_with_the_key_that_opens_it(run, key, folder, other_place, at, papers, settings, tmp_path):
    file = Clean(Kind.PDF, b"a page that was signed")
    actions.keep(by=Actor.of_system("test"), subject="client:17", file=file)
    code, _, err = run("create", folder / "b", "--identity", key)
    assert (code, err) == (0, "")
    assert b"a page that was signed" not in (folder / "b").read_bytes()
    settings.MEDIA_ROOT = str(tmp_path / "elsewhere")
    assert run("restore", folder / "b", "--identity", key, "--into", other_place)[0] == 0
    with at():
        document = Document.objects.get()
        assert queries.read(document) == b"a page that was signed"
    there = [tmp_path / "elsewhere" / document.public_id[:2], tmp_path / "elsewhere"]
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (there[0] / document.public_id, *there)]
    assert modes == [0o600, 0o700, 0o700]


def test_documents_without_a_place_and_without_a_database_are_taken_away_again(
    run, key, folder, other_place, settings, tmp_path, monkeypatch
):
    settings.MEDIA_ROOT = str(tmp_path / "documents")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "one").write_bytes(b"one")
    run("create", folder / "b")
    settings.MEDIA_ROOT = ""
    code, _, err = run("restore", folder / "b", "--identity", key, "--into", other_place)
    assert (code, "set MEDIA_ROOT" in err) == (2, True)

    def fails(*arguments):
        raise CouldNot("It does not go.")

    monkeypatch.setattr(ENGINES[connection.vendor], "put", fails)
    settings.MEDIA_ROOT = str(tmp_path / "elsewhere")
    assert run("restore", folder / "b", "--identity", key, "--into", other_place)[0] == 2
    assert not (tmp_path / "elsewhere").exists()
    assert documents.why_taken() is None


def test_what_could_not_be_tried_apart_is_looked_at_in_its_place(run, made, key, other_place, monkeypatch):
    monkeypatch.setattr(ENGINES[connection.vendor], "apart", lambda part, folder: nullcontext(False))
    code, out, _ = run("restore", made, "--identity", key, "--into", other_place)
    assert (code, "The audit trail was read: 30 events" in out) == (0, True)


def test_what_would_be_wrong_refuses_the_restore(run, made, key, other_place, monkeypatch):
    looked = restoring.proving.Looked(wrong=("audit_auditevent has 3 rows, 30 were backed up.",))
    monkeypatch.setattr(restoring.proving, "look", lambda *arguments: looked)
    code, _, err = run("restore", made, "--identity", key, "--into", other_place)
    assert (code, "What it holds is not what was backed up. audit_auditevent has 3 rows" in err) == (2, True)
    code, out, _ = run("verify", made, "--identity", key)
    assert (code, "has 3 rows" in out) == (1, True)
