"""Which events name a subject: an index over the sealed trail, so that nobody's question reads the whole of it.

It is derived. What it leaves out can be written again (`trellis audit index`); what it says too much is not believed,
because the event itself is asked: so no seal stands over it and `trellis audit verify` need not read it.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from trellis.foundation.audit.models import AuditBatch, AuditEvent, AuditLeaf, AuditSubject
from trellis.foundation.record.guard import writing

EVENTS, BATCHES, LEAVES = (model._meta.db_table for model in (AuditEvent, AuditBatch, AuditLeaf))
SUBJECTS = AuditSubject._meta.db_table
EACH = {"sqlite": "json_each(e.subjects) s", "postgresql": "jsonb_array_elements_text(e.subjects) s(value)"}
#: The database does it by itself: a list page packs many subjects in one event. An entry that is there already (the
#: event was sealed once before, in another life of this database) never holds a seal up.
FILL = (
    f"INSERT INTO {SUBJECTS} (subject, event) SELECT DISTINCT s.value, e.id "
    f"FROM {LEAVES} l JOIN {EVENTS} e ON e.id = l.event CROSS JOIN %s "
    "WHERE l.batch BETWEEN %%s AND %%s ON CONFLICT DO NOTHING"
)
#: Every event that is not sealed yet has an id above this one. On PostgreSQL an earlier id may still commit: no earlier
#: than the last sealed transaction, so above all that had an id when a seal was made before that transaction began.
FLOOR = {
    "sqlite": f"SELECT COALESCE(MAX(event), 0) FROM {LEAVES}",
    "postgresql": f"SELECT COALESCE((SELECT highest FROM {BATCHES} WHERE horizon <= "
    f"(SELECT tx FROM {BATCHES} WHERE tx < horizon ORDER BY number DESC LIMIT 1) ORDER BY number DESC LIMIT 1), 0)",
}
TOGETHER = 64  # batches


def fill(first: int, last: int) -> int:
    """Enter what the events of these batches name; the number of entries that were not there."""
    with connection.cursor() as cursor:
        cursor.execute(FILL % EACH[connection.vendor], [first, last])
        return int(cursor.rowcount)


def fill_all(tell: Callable[[int, int], None] = lambda done, all: None) -> int:
    """Enter whatever is missing, piece by piece: short transactions, and little memory however long the trail is."""
    newest = AuditBatch.objects.aggregate(newest=Max("number"))["newest"] or 0
    missing = 0
    for first in range(1, newest + 1, TOGETHER):
        last = min(first + TOGETHER - 1, newest)
        with transaction.atomic(), writing("audit"):
            missing += fill(first, last)
        tell(last, newest)
    return missing


def floor() -> int:
    with connection.cursor() as cursor:
        cursor.execute(FLOOR[connection.vendor])
        found: Any = cursor.fetchone()[0]
        return int(found)
