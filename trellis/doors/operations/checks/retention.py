"""Whether what is due waits too long, and whether a restore would know who was deleted."""

from trellis.doors.operations.checks.finding import Finding, look, ok, wrong
from trellis.doors.operations.retention import going, ledger, queries, rules
from trellis.doors.operations.retention.terms import read
from trellis.foundation import clock
from trellis.foundation.record.models import Erasure


def retention() -> Finding:
    if Erasure.objects.exists():
        return wrong(
            "retention",
            "The door through which deleted records go stands open: record_erasure holds rows.",
            "No deletion leaves it so: find out who wrote there, then empty that table.",
        )
    return _who_was_deleted() or _what_is_due()


def _who_was_deleted() -> Finding | None:
    known = ledger.read()
    unwritten = ledger.unwritten()
    if unwritten:
        return wrong(
            "retention",
            f"{unwritten} deletions stand in no ledger: a restored backup would bring these people back.",
            "Check that the worker runs and may write deleted.jsonl beside the data.",
        )
    back = len(going.came_back(known))
    if back:
        return wrong(
            "retention",
            f"{back} records are there that were deleted: an older copy of the database was put in place.",
            "Let the worker run: it deletes them again.",
        )
    return None


def _what_is_due() -> Finding:
    today = clock.now().date()
    late = [one for one in queries.due(read(), today) if not one.held and rules.waits_long(one.on, today)]
    if late:
        return look(
            "retention",
            f"{len(late)} records are due to be deleted for more than {rules.LONG.days} days.",
            "A program administrator looks at the page “Kept and deleted”, or runs: trellis retention due",
        )
    return ok("retention", "Nothing is overdue to be deleted, and every deletion stands in the ledger.")
