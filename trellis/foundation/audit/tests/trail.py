"""A trail with life in it, sealed, and hands that reach past every guard."""

from contextlib import contextmanager

from django.db import connection, transaction

from trellis.foundation.audit import trail
from trellis.foundation.audit.models import AuditBatch, AuditEvent, AuditLeaf, AuditSubject
from trellis.foundation.record import triggers
from trellis.foundation.record.guard import writing

TABLES = {model._meta.db_table for model in (AuditEvent, AuditBatch, AuditLeaf, AuditSubject)}
EVENTS, BATCHES, LEAVES = (model._meta.db_table for model in (AuditEvent, AuditBatch, AuditLeaf))


def happen(number, *, start=0):
    """So many events, as actions write them."""
    with transaction.atomic():
        for n in range(start, start + number):
            trail.record(
                actor=f"account:{n % 5}",
                roles={"counselor"} if n % 2 else (),
                verb=("client.read", "client.find", "inquiry.work")[n % 3],
                subjects=[f"client:{n}", f"client:{n + 1}"],
                object=f"session:{n}" if n % 4 else "",
                request_id=f"request{n}",
                address="127.0.0.1" if n % 3 else None,
            )


@contextmanager
def past_the_guards():
    """As a database's owner: without its triggers, for as long as it lasts."""
    ours = [one for one in triggers.declared() if one.table in TABLES]
    for one in ours:
        triggers.remove(connection, one)
    try:
        with writing("tampering"), connection.cursor() as cursor:
            yield cursor.execute
    finally:
        for one in ours:
            triggers.install(connection, one)


def ids():
    return list(AuditEvent.objects.order_by("id").values_list("id", flat=True))
