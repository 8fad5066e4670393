from pathlib import Path

from django.conf import settings
from django.db import connection

from trellis.doors.operations.backups import keys, pruning, rules
from trellis.doors.operations.backups.faults import CouldNot
from trellis.doors.operations.checks.finding import Finding, look, ok, wrong
from trellis.foundation import clock

HOW = "Set TRELLIS_BACKUP_FOLDER and TRELLIS_BACKUP_RECIPIENTS; docs/guide/backups.md says how."
LOOK_WHY = 'Check that the worker runs, that there is room, and look for "job failed" in the log.'
ARCHIVER = (
    "SELECT current_setting('archive_mode'), last_archived_time, "
    "COALESCE(last_failed_time > COALESCE(last_archived_time, '-infinity'), false) FROM pg_stat_archiver"
)


def backups() -> Finding:
    """When the last one was made, and whether the next will be."""
    if settings.DEMO:
        return ok("backups", "A demo needs no backup.")
    if not settings.BACKUP_FOLDER:
        return look("backups", "No backups are made by the worker.", HOW)
    try:
        keys.recipients(settings.BACKUP_RECIPIENTS)
        newest = pruning.newest(Path(settings.BACKUP_FOLDER))
    except CouldNot as fault:
        return wrong("backups", f"No backup can be made. {fault}", HOW)
    if newest is None:
        return wrong("backups", f"There is no backup in {settings.BACKUP_FOLDER} yet.", LOOK_WHY)
    when = f"The last backup is of {newest:%Y-%m-%d %H:%M} UTC"
    if rules.is_late(newest, clock.now(), connection.vendor):
        return wrong("backups", f"{when}: too long ago.", LOOK_WHY)
    return ok("backups", f"{when}.")


def archiving() -> Finding:
    """PostgreSQL alone: a dump a day loses a day, and what the server archives loses nothing that it confirmed."""
    if connection.vendor != "postgresql" or settings.DEMO:
        return ok("archiving", "Continuous archiving is a matter of PostgreSQL.")
    with connection.cursor() as cursor:
        cursor.execute(ARCHIVER)
        mode, last, failed = cursor.fetchone()
    if mode == "off":
        return look(
            "archiving",
            "PostgreSQL archives nothing continuously: with the disk all goes that came after the last backup.",
            "Set up pgBackRest or another archive; docs/guide/backups.md says how.",
        )
    if failed:
        return wrong("archiving", "PostgreSQL's archive does not take what it is given.", "Look into the server's log.")
    return ok("archiving", f"PostgreSQL archives continuously{f', last at {last:%Y-%m-%d %H:%M}' if last else ''}.")
