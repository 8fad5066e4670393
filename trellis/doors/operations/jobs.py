from pathlib import Path

from django.conf import settings
from django.db import connection

from trellis.foundation import clock
from trellis.foundation.jobs.registry import job


@job(seconds=300, tries=1)
def keep_checkpoint() -> None:
    """Every ten minutes, where a folder or an address is named."""
    from trellis.doors.operations import anchors

    anchors.keep()


@job(seconds=900, tries=1)
def keep_to_retention() -> None:
    """Once a day: short-lived rows go, whoever was deleted stays deleted, and the ledger knows every deletion."""
    from trellis.doors.operations.retention import going, ledger

    ledger.keep()
    going.delete_again(ledger.read())
    going.prune()


@job(seconds=900, tries=1)
def back_up() -> None:
    """Where a folder is named: every five minutes on SQLite, once a day on PostgreSQL beside continuous archiving."""
    if not settings.BACKUP_FOLDER:
        return
    from trellis.doors.operations.backups import keys, making, pruning, rules  # pages need none of it

    folder = Path(settings.BACKUP_FOLDER)
    if rules.is_due(pruning.newest(folder), clock.now(), connection.vendor):
        making.create(folder, keys.recipients(settings.BACKUP_RECIPIENTS))
        pruning.prune(folder)
