"""The loop that runs jobs: one at a time, in one process."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.models import DBTaskResult

from trellis.foundation.jobs import actions, deadline
from trellis.foundation.jobs.registry import limits_of

log = structlog.get_logger("trellis.jobs")

PAUSE = 1.0  # seconds between two looks when nothing waits
BEAT = 10.0
HOUSEKEEPING = 30.0


class Worker:
    def __init__(self, name: str = "") -> None:
        self.name = name or f"{socket.gethostname()[:30]}-{os.getpid()}-{get_random_string(6)}"
        self.stopping = threading.Event()

    def stop(self, *_: object) -> None:
        """The job that runs is finished first."""
        self.stopping.set()

    def run(self) -> None:
        log.info("worker started")
        with self._beating():
            while not self.stopping.is_set():
                if not self._safely_step():
                    self.stopping.wait(PAUSE)
        actions.leave(self.name)
        log.info("worker stopped")

    def run_waiting(self) -> int:
        """Everything that is due now, then an end; answers how many jobs ran."""
        self._housekeep()
        count = 0
        while not self.stopping.is_set() and self.step():
            count += 1
        actions.leave(self.name)
        return count

    def step(self) -> bool:
        """Run one job; False: none was due."""
        row = actions.claim(self.name)
        if row is None:
            return False
        self._run(row)
        return True

    def _safely_step(self) -> bool:
        """A database that is away for a while does not end the worker."""
        close_old_connections()
        try:
            if time.monotonic() >= self._housekeeping_due:
                self._housekeep()
            return self.step()
        except (OperationalError, InterfaceError) as fault:
            log.error("database away", fault=type(fault).__name__)
            connection.close()
            self.stopping.wait(5 * PAUSE)
            return False

    _housekeeping_due = 0.0

    def _housekeep(self) -> None:
        actions.beat(self.name)
        count = actions.sweep()
        if count:
            log.warning("jobs given back", count=count)
        actions.enqueue_due()
        self._housekeeping_due = time.monotonic() + HOUSEKEEPING

    def _run(self, row: DBTaskResult) -> None:
        began = time.monotonic()
        try:
            with deadline.within(limits_of(row.task_path).seconds):
                row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        except Exception as fault:
            again = actions.fail(row, fault)
            log.error(
                "job failed", job=row.task_path, fault=type(fault).__name__, attempt=len(row.worker_ids), status=again
            )
        else:
            actions.succeed(row)
            log.info("job done", job=row.task_path, seconds=round(time.monotonic() - began, 3))

    @contextmanager
    def _beating(self) -> Iterator[None]:
        """From a thread of its own, so that a long job does not look like a dead worker."""
        actions.beat(self.name)
        done = threading.Event()
        thread = threading.Thread(target=self._beat_until, args=(done,), name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join(timeout=BEAT)

    def _beat_until(self, done: threading.Event) -> None:
        while not done.wait(BEAT):
            try:
                actions.beat(self.name)
            except (OperationalError, InterfaceError):
                log.error("database away")
                connection.close()
        connection.close()

    def obey_signals(self) -> None:
        def leave(signum: int, frame: FrameType | None) -> None:
            self.stop()

        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGINT, leave)
