"""`trellis backup create` and `verify`, as an operator types them, on a database of its own."""

import errno
import io
import json
import os
import stat
import subprocess
import sys
from contextlib import nullcontext

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from tests.support.environment import ROOT
from trellis.doors.operations.backups import (
    archive,
    keys,
    making,
    rules,
    sealed,
)
from trellis.doors.operations.backups.databases import ENGINES
from trellis.doors.operations.backups.faults import CouldNot
from trellis.doors.operations.tests.backups import files
from trellis.foundation.audit.tests.trail import happen, past_the_guards
from trellis.foundation.record import triggers

pytestmark = pytest.mark.usefixtures("committed_db", "var")


# --- create -----------------------------------------------------------------------------------------------------------


def test_a_backup_is_made_proved_and_readable_to_its_owner_alone(run, key, folder):
    happen(30)
    code, out, err = run("create", folder, "--identity", key, "--json")
    said = json.loads(out)
    assert (code, err, said["ok"], said["newest_event"], said["documents"]) == (0, "", True, 30, 0)
    assert (said["proof"]["restored"], said["proof"]["events"], said["proof"]["sealed"]) == (True, 30, 30)
    (file,) = folder.iterdir()
    assert str(file) == said["file"]
    assert file.name == rules.name_of(rules.made_at(file.name), said["proof"]["sha256"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"client:" not in file.read_bytes()


def test_it_is_written_to_a_file_that_is_not_there_yet(run, key, folder, settings):
    settings.MEDIA_ROOT = ""
    code, out, _ = run("create", folder / "mine")
    assert (code, files(folder)) == (0, ["mine"])
    assert "no documents, for this installation keeps none" in out
    assert "Whether it restores was not tried" in out
    kept = (folder / "mine").read_bytes()
    code, _, err = run("create", folder / "mine")
    assert (code, err) == (2, f"{folder / 'mine'} is there already. Nothing is overwritten: choose another name.\n")
    assert (folder / "mine").read_bytes() == kept


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ([], "Nobody could open the backup"),
        (["nowhere/keys.txt"], "nowhere/keys.txt cannot be read: No such file or directory."),
        (["age1nonsense"], "'age1nonsense' is no age public key."),
        (["AGE-SECRET-KEY-1QQQ"], "holds a private key. Take it away"),
    ],
)
def test_without_a_key_to_encrypt_to_nothing_is_written(run, settings, folder, named, sentence):
    settings.BACKUP_RECIPIENTS = named
    code, out, err = run("create", folder)
    assert (code, out, files(folder)) == (2, "", [])
    assert sentence in err
    assert "QQQ" not in err


def test_public_keys_may_stand_in_a_file_and_each_of_them_opens(run, key, folder, settings, tmp_path):
    second = keys.make(tmp_path / "second")
    (tmp_path / "public").write_text(f"# two of us\n{settings.BACKUP_RECIPIENTS[0]}\n{second}\n")
    settings.BACKUP_RECIPIENTS = [str(tmp_path / "public"), ""]
    run("create", folder / "b")
    assert run("verify", folder / "b", "--identity", key)[0] == 0
    assert run("verify", folder / "b", "--identity", tmp_path / "second")[0] == 0


def test_a_folder_that_is_not_there_is_named(run, key, tmp_path):
    code, _, err = run("create", tmp_path / "no" / "b")
    assert (code, err) == (2, f"{tmp_path / 'no'}: The backup cannot be written: No such file or directory.\n")


def test_a_full_disk_leaves_no_file(run, key, folder, monkeypatch):
    def full(self, piece):
        with self._kept():
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sealed._Sink, "write", full)
    code, _, err = run("create", folder)
    assert (code, files(folder)) == (2, [])
    assert err == f"{folder}: The backup cannot be written: No space left on device.\n"


LIMITED = (
    "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)); "
    "sys.argv = ['trellis', 'backup', 'create', sys.argv[1]]; runpy.run_module('trellis', run_name='__main__')"
)


def test_a_process_that_may_write_no_more_leaves_no_file(database_url, key, folder, settings, tmp_path):
    environment = {
        "DATABASE_URL": database_url,
        "TRELLIS_BACKUP_RECIPIENTS": settings.BACKUP_RECIPIENTS[0],
        "TRELLIS_VAR": str(tmp_path / "limited"),
    }
    connection.close()
    command = [sys.executable, "-c", LIMITED, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, files(folder)) == (2, "", []), done.stderr
    assert "could not" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(tmp_path / "limited") == []


def test_what_cannot_be_read_back_keeps_no_name(run, key, folder, monkeypatch):
    def not_so(*arguments):
        raise CouldNot("It cannot be read back.")

    monkeypatch.setattr(making.proving, "verify", not_so)
    assert run("create", folder, "--identity", key)[0] == 2
    assert files(folder) == []


def test_a_fault_of_the_way_is_told_as_it_is(key, folder, settings, monkeypatch):
    """What interrupts a job while it encrypts arrives as itself, not as a text of the library."""

    class Interrupted(Exception):
        pass

    def interrupted(*arguments):
        raise Interrupted
        yield

    monkeypatch.setattr(archive, "_tar", interrupted)
    with pytest.raises(Interrupted):
        making.create(folder, keys.recipients(settings.BACKUP_RECIPIENTS))
    assert files(folder) == []


def test_a_database_that_does_not_answer_is_told(run, key, folder, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(making.checkpoints, "take", away)
    assert run("create", folder)[0] == 2


# --- verify -----------------------------------------------------------------------------------------------------------


def test_verify_says_what_was_proved(run, made, key):
    code, out, _ = run("verify", made, "--identity", key)
    assert code == 0
    assert out.startswith("Proved by restoring it apart: ")
    assert out.endswith("The audit trail was read: 30 events, 30 of them sealed.\n")
    code, out, _ = run("verify", made)
    assert (code, out.splitlines()[0]) == (0, "The file is as it was written.")
    assert json.loads(run("verify", made, "--json")[1])["opened"] is False


def test_a_trail_that_was_broken_before_is_told_and_restored_all_the_same(run, key, folder, other_place):
    happen(10)
    run("create", folder / "whole")
    with past_the_guards() as execute:
        execute("UPDATE audit_auditevent SET actor = 'account:99' WHERE id = 4")
    assert run("create", folder / "broken")[0] == 0
    code, out, _ = run("verify", folder / "broken", "--identity", key)
    assert (code, "The audit trail is broken at 1 events." in out) == (1, True)
    code, out, _ = run("restore", folder / "broken", "--identity", key, "--into", other_place, "--json")
    assert (code, json.loads(out)["ok"]) == (1, False)


def test_lost_guards_are_told(run, key, folder):
    for one in triggers.declared():
        if one.table == "inquiry_attempt":
            triggers.remove(connection, one)
    run("create", folder / "b")
    code, out, _ = run("verify", folder / "b", "--identity", key)
    assert (code, "lost guards" in out) == (1, True)


def test_a_backup_of_older_days_is_brought_up_to_date(run, key, folder):
    call_command("migrate", "recovery", "zero", verbosity=0)
    assert run("create", folder / "old")[0] == 0
    code, out, _ = run("verify", folder / "old", "--identity", key)
    assert (code, "1 migrations that came since were applied." in out) == (0, True)


def test_where_nothing_can_be_restored_apart_that_is_said(run, made, key, monkeypatch):
    monkeypatch.setattr(ENGINES[connection.vendor], "apart", lambda part, folder: nullcontext(False))
    code, out, _ = run("verify", made, "--identity", key)
    assert (code, "Not proved: that it can be restored." in out) == (0, True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "It holds no age private key."), ("AGE-SECRET-KEY-1X", "something that is no age private key")],
)
def test_a_key_file_that_is_none_is_named(run, made, tmp_path, text, sentence):
    (tmp_path / "none").write_text(text)
    code, _, err = run("verify", made, "--identity", tmp_path / "none")
    assert code == 2
    assert sentence in err
    assert "1X" not in err


def test_progress_is_shown_to_somebody_who_looks_on(made, key, capsys):
    seen = io.StringIO()
    seen.isatty = lambda: True
    call_command("backup", "verify", str(made), "--identity", str(key), stderr=seen)
    assert "Reading: 66 %" in seen.getvalue()
    assert "Looking at the audit trail: 100 %" in seen.getvalue()
