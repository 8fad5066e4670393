"""Keys, what is pruned, what the worker does, what the doctor says, and what is left behind."""

import errno
import json
import stat
from datetime import timedelta

import pytest
from django.db import connection

from trellis.doors.operations import jobs
from trellis.doors.operations.backups import (
    private,
    pruning,
    rules,
)
from trellis.doors.operations.backups.faults import CouldNot
from trellis.doors.operations.checks import backups as check
from trellis.doors.operations.tests.backups import files
from trellis.foundation import clock

pytestmark = pytest.mark.usefixtures("committed_db", "var")


def test_a_key_is_made_once_and_for_its_owner_alone(run, tmp_path):
    file = tmp_path / "key"
    code, out, _ = run("key", file)
    assert code == 0
    assert out.splitlines()[1].startswith("age1")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().split()[-1] not in out
    code, _, err = run("key", file)
    assert (code, err) == (2, f"{file}: It cannot be written: File exists.\n")


def test_pruning_says_what_would_go_then_lets_it_go(run, folder):
    ours = [rules.name_of(clock.now() - timedelta(hours=n), f"{n:08x}") for n in range(100)]
    for name in ours:
        (folder / name).write_bytes(rules.MAGIC)
    foreign = rules.name_of(clock.now() - timedelta(days=400), "f" * 8)
    (folder / foreign).write_bytes(b"not ours, whatever its name says")
    (folder / "notes.txt").write_text("mine")
    code, out, _ = run("prune", folder, "--dry-run", "--json")
    would = json.loads(out)["pruned"]
    assert (code, len(files(folder))) == (0, 102)
    assert run("prune", folder)[1].splitlines()[-1] == f"{len(would)} backups went."
    assert set(files(folder)) == {*ours, foreign, "notes.txt"} - set(would)
    assert ours[0] in files(folder)
    code, _, err = run("prune", folder / "none")
    assert (code, err) == (2, f"{folder / 'none'}: It cannot be read: No such file or directory.\n")


def test_a_backup_that_cannot_be_taken_away_is_told(run, folder, monkeypatch):
    for n in range(2):
        (folder / f"trellis-20260101T00000{n}Z-00000000.backup").write_bytes(rules.MAGIC)

    def denied(self, missing_ok=False):
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(pruning.Path, "unlink", denied)
        assert run("prune", folder)[2] == f"{folder}: A backup cannot be taken away: Permission denied.\n"


def test_the_worker_makes_one_each_round_and_prunes(key, folder, settings, clock_at):
    jobs.back_up.call()
    assert files(folder) == []
    settings.BACKUP_FOLDER = str(folder)
    began = clock_at(clock.now().replace(hour=9, minute=0, second=0, microsecond=0))
    jobs.back_up.call()
    jobs.back_up.call()
    assert len(files(folder)) == 1
    clock_at(began + rules.ROUND[connection.vendor])
    jobs.back_up.call()
    if connection.vendor == "sqlite":
        assert len(files(folder)) == 1, "one hour keeps its newest alone"
    assert pruning.newest(folder) == began + rules.ROUND[connection.vendor]


def test_the_doctor_says_when_the_last_one_was_made(key, folder, settings):
    assert str(check.backups().state) == "look"
    settings.BACKUP_FOLDER = str(folder)
    assert "no backup in" in check.backups().sentence
    now = clock.now()
    (folder / rules.name_of(now - timedelta(days=3), "0" * 8)).touch()
    assert "too long ago" in check.backups().sentence
    (folder / rules.name_of(now, "0" * 8)).touch()
    assert str(check.backups().state) == "ok"
    settings.BACKUP_RECIPIENTS = []
    assert "No backup can be made." in check.backups().sentence
    settings.DEMO = True
    assert str(check.backups().state) == "ok"


def test_the_doctor_looks_at_continuous_archiving(monkeypatch):
    if connection.vendor == "sqlite":
        assert str(check.archiving().state) == "ok"
        return
    assert str(check.archiving().state) == "look"
    for row, state in ((("on", None, True), "wrong"), (("on", None, False), "ok")):
        monkeypatch.setattr(
            check,
            "ARCHIVER",
            f"SELECT '{row[0]}', NULL::timestamptz, {row[2]}",
        )
        assert str(check.archiving().state) == state


def test_what_a_killed_process_left_is_swept_and_what_is_held_is_not(tmp_path):
    beside = tmp_path / "work"
    with private.folder(beside) as held:
        left = beside / f"{private.PREFIX}left"
        left.mkdir()
        (left / private.HELD).touch()
        (left / "copy").write_bytes(b"clear")
        with private.folder(beside) as other:
            assert stat.S_IMODE(other.stat().st_mode) == 0o700
            assert held.exists()
            assert not left.exists()
    assert files(beside) == []
    (tmp_path / "file").touch()
    with pytest.raises(CouldNot, match="no place to work in"), private.folder(tmp_path / "file"):
        pass
