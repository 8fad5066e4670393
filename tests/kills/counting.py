"""What came of those who were killed: acknowledged, in flight, lost; and that nothing stands there by half."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, connections

from trellis.foundation.audit import sealing, verifying
from trellis.foundation.audit.models import AuditEvent
from trellis.journey.schedule.models import Attendance, AttendanceUndo
from trellis.people.consent.models import Disclosure


@dataclass(frozen=True)
class Count:
    what: str
    kills: int
    sent: frozenset[str]
    kept: frozenset[str]
    there: frozenset[str]

    @property
    def in_flight(self) -> int:
        """Sent and not answered: they may be there, and may not."""
        return len(self.sent - self.kept)

    @property
    def lost(self) -> frozenset[str]:
        return self.kept - self.there

    def __str__(self) -> str:
        return (
            f"{connection.vendor}, {self.what}: {self.kills} kills, {len(self.kept)} acknowledged, "
            f"{self.in_flight} in flight, {len(self.lost)} lost"
        )


def counted(what: str, kills: int, sent: Iterable[str], kept: Iterable[str]) -> Count:
    marks = Attendance.objects.values_list("key", flat=True)
    told = Disclosure.objects.values_list("recipient_address", flat=True)
    found = Count(what, kills, frozenset(sent), frozenset(kept), frozenset(marks) | frozenset(told))
    connections.close_all()
    return found


def must_be_whole() -> None:
    """No act without its event, no event without its act, no break in the chain, and a file that is sound."""
    halves = {
        "schedule.mark": Attendance.objects.count() + AttendanceUndo.objects.count(),
        "disclosure.make": Disclosure.objects.count(),
    }
    for verb, acts in halves.items():
        assert AuditEvent.objects.filter(verb=verb).count() == acts, verb
    sealing.seal()
    found = verifying.verify()
    assert found.broken == []
    assert found.events == found.sealed == AuditEvent.objects.count()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
    connections.close_all()
