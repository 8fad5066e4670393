from datetime import timedelta
from pathlib import Path

from django.conf import settings

from trellis.doors.operations import anchors
from trellis.doors.operations.checks.finding import Finding, look, ok, wrong
from trellis.foundation import clock

LATE = timedelta(minutes=30)


def checkpoint() -> Finding:
    """Whether the signed head of the trail is kept outside the database, and since when."""
    if settings.DEMO:
        return ok("checkpoint", "A demo needs no checkpoint.")
    if not settings.CHECKPOINT_FOLDER:
        if settings.CHECKPOINT_MAIL:
            return ok("checkpoint", "The trail's signed head goes out by mail once a day.")
        return look(
            "checkpoint",
            "The trail's signed head is kept nowhere but in the database: a cut tail would not show.",
            "Set TRELLIS_CHECKPOINT_FOLDER to another disk, or TRELLIS_CHECKPOINT_MAIL to whoever keeps it.",
        )
    newest = anchors.newest(Path(settings.CHECKPOINT_FOLDER))
    if newest is None or clock.now() - newest > LATE:
        when = f"is of {newest:%Y-%m-%d %H:%M} UTC" if newest else "was never written"
        return wrong(
            "checkpoint",
            f"The last checkpoint {when}.",
            "Check that the worker runs and may write there.",
        )
    return ok("checkpoint", f"The last checkpoint is of {newest:%Y-%m-%d %H:%M} UTC.")
