"""A plan becomes rows. Called by actions alone, in their transaction."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from itertools import islice
from typing import Any

from trellis.foundation.places.models import Meeting, MeetingList
from trellis.foundation.places.reading import Listed
from trellis.foundation.places.rules.changes import Known, Plan
from trellis.foundation.places.rules.names import fold

#: rows that are in memory at a time
BATCH = 1000
#: what a reading never changes about a meeting that it knows
KEPT = {"id", "public_id", "list", "identity"}
READ = [field.name for field in Meeting._meta.concrete_fields if field.name not in KEPT]


def known(meeting_list: MeetingList) -> dict[str, Known]:
    rows = Meeting.objects.filter(list=meeting_list).values_list("identity", "pk", "digest", "row_key", "ended_at")
    return {identity: Known(pk, digest, row_key, ended is None) for identity, pk, digest, row_key, ended in rows}


def apply(meeting_list: MeetingList, plan: Plan, now: datetime) -> None:
    """One way for new, changed and returned ones: each keeps its number and its public id if it has one."""
    for batch in _batches(plan.to_write):
        Meeting.objects.bulk_create(
            [Meeting(list=meeting_list, **columns(meeting, now)) for meeting in batch],
            update_conflicts=True,
            unique_fields=["list", "identity"],
            update_fields=READ,
        )
    for gone in _batches(plan.gone):
        Meeting.objects.filter(pk__in=gone).update(ended_at=now)


def _batches(things: Sequence[Any]) -> Iterator[list[Any]]:
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch


def columns(meeting: Listed, now: datetime) -> dict[str, Any]:
    """A meeting as it was read, as the columns of its row."""
    latitude, longitude = meeting.point or (None, None)
    marks = [code.replace(" ", "_").upper() for code in meeting.types] + [f"LANG-{code}" for code in meeting.languages]
    return {
        "source_id": meeting.source_id,
        "row_key": meeting.row_key,
        "identity": meeting.identity,
        "day": meeting.day,
        "time": _wall(meeting.time),
        "end_time": _wall(meeting.end_time),
        "duration_minutes": meeting.duration,
        "time_zone": meeting.zone,
        "attendance": meeting.attendance,
        "types": list(meeting.types),
        "languages": list(meeting.languages),
        "name": meeting.name,
        "location": meeting.location,
        "address": meeting.address,
        "city": meeting.city,
        "state": meeting.state,
        "postal_code": meeting.postal_code,
        "latitude": latitude,
        "longitude": longitude,
        "approximate": meeting.approximate,
        "online_url": meeting.online_url,
        "online_notes": meeting.online_notes,
        "phone": meeting.phone,
        "location_notes": meeting.location_notes,
        "notes": meeting.notes,
        "temporarily_closed": meeting.closed,
        "source_updated": meeting.updated,
        "seen_at": now,
        "ended_at": None,
        "week_minute": meeting.week_minute,
        "search_name": fold(meeting.name)[:250],
        "marks": f" {' '.join(marks)} " if marks else "",
        "placed": meeting.placed,
        "digest": meeting.digest,
    }


def _wall(minutes: int | None) -> time | None:
    return None if minutes is None else time(minutes // 60, minutes % 60)
