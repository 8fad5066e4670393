"""A demo is built in a database of its own, and starts over only where a demo stood."""

from pathlib import Path

from django.db import connection, connections

from trellis.doors.demo.models import DemoMark
from trellis.foundation.audit.models import AuditEvent
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client

BESIDE = ("", "-wal", "-shm", "-journal")


class NotHere(Exception):
    """A demo cannot be built in this database; the sentence says why."""


def refuse_real_data() -> None:
    if DemoMark.objects.exists():
        raise NotHere("There is a demo in this database already. Start over with: make demo FRESH=1")
    # Every act leaves an event: a database without one was never used, not even set up.
    if AuditEvent.objects.exists() or Account.objects.exists() or Client.objects.exists():
        raise NotHere("This database holds real data. A demo is only built in a database of its own.")


def empty_demo() -> None:
    """Takes a demo away, with everything that was typed into it. Real data are never touched."""
    tables = set(connection.introspection.table_names())
    if DemoMark._meta.db_table in tables and not DemoMark.objects.exists():
        refuse_real_data()
    elif tables and DemoMark._meta.db_table not in tables:
        raise NotHere("This database holds something that is not a demo. Nothing was taken away.")
    if connection.vendor == "sqlite":
        _remove_file(str(connection.settings_dict["NAME"]))
    else:
        _empty_schema()


def _remove_file(name: str) -> None:
    connections.close_all()
    for ending in BESIDE:
        Path(name + ending).unlink(missing_ok=True)


def _empty_schema() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
