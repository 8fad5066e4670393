"""Jobs for the tests; a job has to stand in a module."""

import os
import signal
import time
from pathlib import Path

from trellis.foundation.jobs import job, left
from trellis.foundation.jobs.deadline import check

ran: list[object] = []


@job(tries=3)
def note(word: str = "once") -> None:
    ran.append(word)


@job(tries=3)
def stumble() -> None:
    ran.append("stumbled")
    raise ValueError("a name that must not be kept")


@job(seconds=1)
def linger() -> None:
    while True:
        time.sleep(0.01)


@job(seconds=5)
def tell_time() -> None:
    check()
    ran.append(left())


@job(tries=3)
def die_first(mark: str) -> None:
    """Kills its own process the first time; the second time it ends well."""
    path = Path(mark)
    if not path.exists():
        path.write_text("died")
        os.kill(os.getpid(), signal.SIGKILL)
    path.write_text("done")
