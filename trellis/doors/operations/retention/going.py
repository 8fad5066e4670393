"""What a command, a job and a restore do with many: one transaction a record, and progress."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from trellis.doors.operations.retention import actions, ledger, walking
from trellis.doors.operations.retention.ledger import Ledger
from trellis.doors.operations.retention.queries import Due
from trellis.doors.operations.retention.terms import Rows, read
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused

BY = Actor.of_system("retention")
Tell = Callable[[str, int, int], None]


def nobody(what: str, done: int, all: int) -> None: ...


def row_of(subject: str) -> Any:
    """The record that the trail names so, or None."""
    kind, _, key = subject.partition(":")
    known = read().subjects.get(kind)
    return known.model._base_manager.filter(pk=int(key)).first() if known and key.isdigit() else None


def delete_all(by: Actor, wanted: list[Due], tell: Tell = nobody) -> tuple[int, list[tuple[Due, str]]]:
    """How many went, and those that did not, with the sentence why."""
    done, left = 0, []
    for number, one in enumerate(wanted, 1):
        row = row_of(one.subject)
        try:
            if row is None:
                raise Refused(actions.GONE)
            actions.erase(by=by, row=row)
            done += 1
        except Refused as refused:
            left.append((one, str(refused)))
        tell("Deleting", number, len(wanted))
    return done, left


def came_back(known: Ledger) -> list[tuple[Any, ledger.Entry]]:
    """Rows that a ledger says were deleted. A number is given again; the hash tells whether it is the same record."""
    found = []
    for entry in known.entries.values():
        row = row_of(entry.subject)
        if row is not None and walking.mark_of(row) == entry.sha256:
            found.append((row, entry))
    return found


def delete_again(known: Ledger, tell: Tell = nobody) -> int:
    back = came_back(known)
    for number, (row, entry) in enumerate(back, 1):
        actions.erase_again(by=BY, row=row, entry=entry)
        tell("Deleting again", number, len(back))
    return len(back)


def prune() -> int:
    """Short-lived kinds: what the file gives to this job, once its days are over."""
    return sum(_prune(rows) for rows in read().rows if read().kinds[rows.kind].by == "retention.prune")


def _prune(rows: Rows) -> int:
    return sum(actions.prune(by=BY, rows=rows, keys=piece) for piece in walking.pieces(list(over(rows))))


def over(rows: Rows) -> Iterable[Any]:
    """Keys of the rows whose latest moment lies longer ago than their kind is kept; what goes on is not among them."""
    days = read().kinds[rows.kind].days
    assert days is not None  # a kind that this job prunes has days
    until = clock.now() - timedelta(days=days)
    going = {f"{name}__in": values for name, values in rows.runs.items()}
    query = rows.model._base_manager.exclude(**going) if going else rows.model._base_manager.all()
    for key, *moments in query.order_by("pk").values_list("pk", *rows.time):
        known = [one for one in moments if one is not None]
        if known and max(known) < until:
            yield key
