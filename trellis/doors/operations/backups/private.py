"""Folders for clear text: only their owner opens them, and they go when the work ends, however it ends."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from trellis.doors.operations.backups.faults import CouldNot

PREFIX = ".trellis-private-"
HELD = "held"


@contextmanager
def folder(beside: Path) -> Iterator[Path]:
    """A folder in `beside`, which lies where the data itself lies: clear text comes to no other disk."""
    try:
        beside.mkdir(parents=True, exist_ok=True)
        _sweep(beside)
        made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=beside))
    except OSError as fault:
        raise CouldNot(f"{beside}: There is no place to work in: {fault.strerror}.") from None
    try:
        with (made / "new").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            (made / "new").rename(made / HELD)  # from here on a sweeper finds it, and finds it held
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _sweep(beside: Path) -> None:
    """What a process that was killed left behind: nobody holds it any more."""
    for left in beside.glob(f"{PREFIX}*/{HELD}"):
        with suppress(OSError), left.open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left.parent, ignore_errors=True)
