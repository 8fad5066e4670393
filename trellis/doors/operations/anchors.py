"""Where the sealed trail stands, put where the database's owner cannot reach it: files and mail, by the worker.

With the newest of them a tail that was cut off is missed. One file a day, written anew each time: a later checkpoint
holds all that an earlier one held.
"""

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.audit import checkpoints
from trellis.foundation.messaging import actions as messaging

MAIL_KIND = "operations.checkpoint"
NAME = "trail-{day:%Y-%m-%d}.json"
BY = Actor.of_system("checkpoints")


def keep() -> None:
    """Seal the trail, sign where it stands, and bring it to every place that the settings name."""
    if not (settings.CHECKPOINT_FOLDER or settings.CHECKPOINT_MAIL):
        return
    taken = checkpoints.written(checkpoints.take())
    now = clock.now()
    if settings.CHECKPOINT_FOLDER:
        _write(Path(settings.CHECKPOINT_FOLDER) / NAME.format(day=now), taken)
    for address in settings.CHECKPOINT_MAIL:
        # One a day: the key of a message is taken once.
        messaging.queue(
            by=BY, key=f"checkpoint:{now:%Y-%m-%d}:{address}", channel="mail", to=address, kind=MAIL_KIND,
            language="en", values={"code": taken},
        )  # fmt: skip


def newest(folder: Path) -> datetime | None:
    """When the last one was written there; what is no checkpoint of ours does not count."""
    found = None
    for file in sorted(folder.glob("trail-*.json"), reverse=True):
        try:
            found = datetime.fromisoformat(checkpoints.read(file.read_text()).at)
        except (OSError, ValueError, checkpoints.NoCheckpoint):
            continue
        break
    return found


def _write(file: Path, text: str) -> None:
    """Beside, then in its place: whoever copies the folder never copies half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".part")
    with fresh.open("w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
