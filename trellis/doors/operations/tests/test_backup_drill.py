"""The drill: somebody writes without a pause, a backup is made meanwhile, the machine is lost, the backup is restored.

It measures how much was lost, and how long it took; `make test` prints the figures at its end, `-s` at once.
"""

import os
import subprocess
import sys
import threading
import time
from functools import partial

import pytest
from django.db import connection

from tests.support.environment import ROOT
from trellis.doors.operations.backups.databases import pointing
from trellis.foundation.audit import sealing
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.audit.tests.trail import happen
from trellis.foundation.jobs.models import JobKey

pytestmark = pytest.mark.usefixtures("committed_db", "var")

#: one act: a row and its event in one transaction; its number is told when the database has confirmed it
WRITER = """
import os, uuid
import django
django.setup()
from django.db import transaction
from trellis.foundation import clock
from trellis.foundation.audit import trail
from trellis.foundation.jobs.models import JobKey
for number in range(10_000_000):
    with transaction.atomic():
        JobKey.objects.create(key=f"act {number}", result_id=uuid.uuid4(), made_at=clock.now())
        trail.record(actor="system:drill", roles=(), verb="drill.act", subjects=(), object=f"act {number}")
    print(number, flush=True)
"""
BEFORE = 200


class Writer:
    def __init__(self, database_url: str) -> None:
        environment = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "trellis.config.settings"}
        command = [sys.executable, "-c", WRITER]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        self.acknowledged: list[int] = []
        self.reached = threading.Condition()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self.reached:
                self.acknowledged.append(int(line))
                self.reached.notify_all()

    def wait_for(self, more: int) -> int:
        """Until so many more acts were confirmed; answers how many there are."""
        with self.reached:
            there = len(self.acknowledged)
            assert self.reached.wait_for(lambda: len(self.acknowledged) >= there + more, timeout=60)
            return len(self.acknowledged)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join()
        assert self.process.stdout
        self.process.stdout.close()


def acts() -> tuple[set[str], set[str]]:
    """The rows, and the events about them."""
    rows = set(JobKey.objects.filter(key__startswith="act ").values_list("key", flat=True))
    return rows, set(AuditEvent.objects.filter(verb="drill.act").values_list("object", flat=True))


def test_what_was_confirmed_before_is_there_and_nothing_is_there_by_half(
    trellis, key, folder, other_place, database_url, told
):
    run = partial(trellis, "backup")
    happen(20_000)
    sealing.seal()
    writer = Writer(database_url)
    try:
        before = writer.wait_for(BEFORE)
        began = time.monotonic()
        code, _, err = run("create", folder)
        took = time.monotonic() - began
        assert (code, err) == (0, "")
        during = len(writer.acknowledged) - before
        writer.wait_for(20)
    finally:
        writer.kill()
    (file,) = folder.iterdir()

    began = time.monotonic()
    code, out, err = run("restore", file, "--identity", key, "--into", other_place)
    back = time.monotonic() - began
    assert (code, err) == (0, ""), out
    with pointing.pointed_at(pointing.settings_of(other_place)):
        rows, events = acts()

    confirmed = [f"act {number}" for number in writer.acknowledged]
    assert during > 0, "nobody was held up while the backup was made"
    assert set(confirmed[:before]) <= rows
    assert rows == events
    assert rows == {f"act {number}" for number in range(len(rows))}, "an act is missing between others"
    lost = len(set(confirmed) - rows)
    figures = (
        f"drill, {connection.vendor}: {len(confirmed)} acts confirmed, {before} before the backup began, {during} "
        f"while it was made; {lost} lost, all later than its beginning; {len(rows)} acts with their events "
        f"brought back; made in {took:.2f} s, restored in {back:.2f} s, {file.stat().st_size} bytes"
    )
    told(figures)
    sys.stdout.write(figures)
