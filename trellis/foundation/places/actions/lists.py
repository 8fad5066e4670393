"""What is done with lists of meetings. Reading one is pure and happens before; here it becomes the record."""

import gzip
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.places.actions import writing
from trellis.foundation.places.models import Decision, MeetingList, Reading
from trellis.foundation.places.reading import NoList, Outcome, read
from trellis.foundation.places.recalling import packed
from trellis.foundation.places.rules import changes

MOST_PROBLEMS = 1000  # that one reading remembers
MOST_READINGS = 50  # that one list remembers


def _of_list(result: Reading, arguments: dict[str, Any]) -> tuple[str, ...]:
    return (f"meeting_list:{result.list_id}",)


@action("places.import", about=_of_list)
def import_list(
    *,
    by: Actor,
    name: str,
    outcome: Outcome,
    body: bytes,
    formats_body: bytes | None = None,
    source: str = "",
    etag: str = "",
    last_modified: str = "",
    allow_shrink: bool = False,
) -> Reading:
    """Bring a list up to date. When it shrank by more than half nothing changes: the reading waits for a person."""
    meeting_list = _list_named(name, source)
    now = clock.now()
    if outcome.recalled and not _stands(meeting_list, outcome):  # another reading came between
        outcome = read(body, format=outcome.format or "auto", formats=formats_body)
    plan = _plan(meeting_list, outcome)
    held = plan.shrinks and not allow_shrink
    _supersede(meeting_list, by)
    if not held:
        writing.apply(meeting_list, plan, now)
    meeting_list.read_at, meeting_list.failures, meeting_list.fault = now, 0, ""
    if not held:
        meeting_list.format = outcome.format or meeting_list.format
        meeting_list.source, meeting_list.etag, meeting_list.last_modified = (
            source[:2000],
            etag[:400],
            last_modified[:100],
        )
        meeting_list.changed_at = now if plan.changes_anything else meeting_list.changed_at
    meeting_list.save()
    _forget(meeting_list, report=not held)
    return Reading.objects.create(
        list=meeting_list,
        read_at=now,
        **_figures(outcome, plan),
        report=None if held else packed(outcome),
        held=held,
        body=gzip.compress(body) if held else None,
        formats_body=gzip.compress(formats_body) if held and formats_body is not None else None,
    )


def _plan(meeting_list: MeetingList, outcome: Outcome) -> changes.Plan:
    if outcome.recalled:
        return changes.Plan(unchanged=outcome.kept)
    return changes.plan(writing.known(meeting_list), outcome.meetings)


def _stands(meeting_list: MeetingList, outcome: Outcome) -> bool:
    return Reading.objects.filter(list=meeting_list, stamp=outcome.stamp, report__isnull=False).exists()


def _forget(meeting_list: MeetingList, *, report: bool) -> None:
    """What the record no longer holds is no longer recalled; readings of long ago go."""
    readings = Reading.objects.filter(list=meeting_list)
    if report:
        readings.filter(report__isnull=False).update(report=None)
    old = readings.order_by("-pk").values_list("pk", flat=True)[MOST_READINGS:]
    Reading.objects.filter(pk__in=list(old)).delete()


def _figures(outcome: Outcome, plan: changes.Plan) -> dict[str, Any]:
    """What a reading brought, in rows of its source."""
    return {
        "format": outcome.format or "",
        "read": outcome.read,
        "kept": outcome.kept,
        "skipped": outcome.skipped,
        "added": plan.added,
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "ended": plan.ended,
        "problems": [problem.as_json() for problem in outcome.problems[:MOST_PROBLEMS]],
        "problem_count": len(outcome.problems),
        "stamp": outcome.stamp,
    }


def _list_named(name: str, source: str) -> MeetingList:
    """The list, locked: two readings of it wait for each other."""
    by_itself = source.startswith(("https://", "http://"))
    MeetingList.objects.get_or_create(
        name=name, defaults={"title": name, "source": source[:2000], "refresh": by_itself}
    )
    return MeetingList.objects.select_for_update().get(name=name)


def _supersede(meeting_list: MeetingList, by: Actor) -> None:
    """What waits for a decision is decided by a newer reading."""
    _decide(Reading.objects.filter(list=meeting_list, held=True), Decision.DROPPED, by)


def _decide(readings: "QuerySet[Reading]", decision: Decision, by: Actor) -> int:
    return readings.update(
        held=False, body=None, formats_body=None, decision=decision, decided_at=clock.now(), decided_by=by.name
    )


@action("places.keep_lists", on="reading", about=lambda result, arguments: _of_list(arguments["reading"], {}))
def release(*, by: Actor, reading: Reading) -> Reading:
    """The list did shrink: take it as it was read. Read once more from the same bytes, by today's rules."""
    held = _held(reading)
    formats = gzip.decompress(held.formats_body) if held.formats_body is not None else None
    try:
        outcome = read(gzip.decompress(held.body or b""), format=held.format or "auto", formats=formats)
    except NoList:  # our rules may have changed since
        raise Refused(_("What was held can no longer be read. Read the list again.")) from None
    plan = _plan(held.list, outcome)
    now = clock.now()
    writing.apply(held.list, plan, now)
    _forget(held.list, report=True)
    for field, figure in _figures(outcome, plan).items():
        setattr(held, field, figure)
    held.report = packed(outcome)
    held.save()
    held.list.format = outcome.format or held.list.format
    held.list.changed_at = now
    held.list.save(update_fields=["format", "changed_at"])
    _decide(Reading.objects.filter(pk=held.pk), Decision.RELEASED, by)
    return held


@action("places.keep_lists", on="reading", about=lambda result, arguments: _of_list(arguments["reading"], {}))
def drop(*, by: Actor, reading: Reading) -> Reading:
    """The list did not shrink, something was wrong with it: what stands goes on."""
    held = _held(reading)
    _decide(Reading.objects.filter(pk=held.pk), Decision.DROPPED, by)
    return held


def _held(reading: Reading) -> Reading:
    MeetingList.objects.select_for_update().get(pk=reading.list_id)
    held = Reading.objects.filter(pk=reading.pk, held=True).select_related("list").first()
    if held is None:
        raise Refused(_("Somebody has decided this already."))
    return held


@action("places.keep_lists", on="meeting_list")
def switch(*, by: Actor, meeting_list: MeetingList, on: bool) -> MeetingList:
    """Show a list to people, or do not. Its meetings stay."""
    meeting_list.switched_on = on
    meeting_list.save(update_fields=["switched_on"])
    return meeting_list


@action("places.keep_lists", on="meeting_list")
def describe_list(
    *, by: Actor, meeting_list: MeetingList, title: str, kind: str, secular: bool, for_families: bool
) -> MeetingList:
    """How the list is called on pages, and of which kind its meetings are."""
    meeting_list.title, meeting_list.kind = title or meeting_list.name, kind
    meeting_list.secular, meeting_list.for_families = secular, for_families
    meeting_list.save(update_fields=["title", "kind", "secular", "for_families"])
    return meeting_list
