"""What was deleted leaves the disk too (42 CFR 2.16: nobody can get it back)."""

from collections.abc import Iterable

from django.db import OperationalError, connection


def overwrite_what_is_freed() -> None:
    """SQLite writes zeros where a deleted row stood. PostgreSQL does it when it vacuums."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def wipe(tables: Iterable[str]) -> None:
    """After the transaction: the log of SQLite, which still holds the pages as they were, and what PostgreSQL keeps of
    dead rows. Where somebody reads meanwhile it is done the next time."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for table in tables:
            try:
                cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
            except OperationalError:  # it may not, or the table is held: autovacuum comes by
                continue
