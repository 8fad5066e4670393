"""What is written down when a list that has an address is read again."""

from typing import Any

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.places.models import MeetingList
from trellis.foundation.places.rules.freshness import next_reading


def _of_meeting_list(result: Any, arguments: dict[str, Any]) -> tuple[str, ...]:
    return tuple(arguments["meeting_list"].audit_subjects)


@action("places.import", about=_of_meeting_list)
def remember_source(*, by: Actor, meeting_list: MeetingList, etag: str, last_modified: str) -> None:
    """How the source marked what was read, held or not, and when it is asked again."""
    MeetingList.objects.filter(pk=meeting_list.pk).update(
        refresh=True, etag=etag[:400], last_modified=last_modified[:100], next_read_at=next_reading(clock.now(), 0)
    )


@action("places.import", about=_of_meeting_list)
def found_unchanged(*, by: Actor, meeting_list: MeetingList) -> None:
    """The source says that nothing changed since the last time."""
    now = clock.now()
    MeetingList.objects.filter(pk=meeting_list.pk).update(
        read_at=now, next_read_at=next_reading(now, 0), failures=0, fault=""
    )


@action("places.import", about=_of_meeting_list)
def not_read(*, by: Actor, meeting_list: MeetingList, fault: str) -> None:
    """The source could not be read. What stands goes on; it is asked again later, each time a little later."""
    failures = min(meeting_list.failures + 1, 1000)
    MeetingList.objects.filter(pk=meeting_list.pk).update(
        failures=failures, fault=fault[:40], next_read_at=next_reading(clock.now(), failures)
    )
