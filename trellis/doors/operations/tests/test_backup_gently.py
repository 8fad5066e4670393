"""A backup gives way to whoever works, and only the backup does."""

import os
import subprocess
import threading

import pytest

from trellis.doors.operations.backups import making
from trellis.doors.operations.backups.gently import GENTLE, gently


def niceness():
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def test_long_work_gives_way_and_whoever_asked_for_it_does_not():
    before = niceness()
    gentle = max(GENTLE, before)
    assert gently(niceness) == gentle
    assert gently(lambda: int(subprocess.check_output(["nice"]))) == gentle, "the programs that it starts give way, too"
    assert niceness() == before


def test_a_fault_of_the_work_is_that_of_whoever_asked():
    def fail():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        gently(fail)


def test_a_backup_is_made_so(monkeypatch, tmp_path):
    monkeypatch.setattr(making, "_create", lambda *_: niceness())
    assert making.create(tmp_path / "file", []) == max(GENTLE, niceness())
