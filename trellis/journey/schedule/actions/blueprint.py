"""Tracks and series as a loaded blueprint has them. What was held stays under the row that it was held under."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.functional import Promise

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.program import queries as program
from trellis.foundation.program.models import Room
from trellis.foundation.program.schema import Blueprint
from trellis.foundation.program.schema import Series as SeriesPart
from trellis.foundation.program.schema import Track as TrackPart
from trellis.journey.schedule.actions import booking
from trellis.journey.schedule.actions.changes import call_off, note_change
from trellis.journey.schedule.actions.generate import coming, usual_bookings
from trellis.journey.schedule.models import Enrollment, Series, SeriesFacilitator, Session, Track
from trellis.journey.schedule.rules import dates
from trellis.journey.schedule.states import CancelReason, ChangeKind


class Opening(NamedTuple):
    """A series that begins: its part of the blueprint, its columns, its tracks."""

    part: SeriesPart
    columns: Mapping[str, Any]
    tracks: list[Track]


def keep_week(by: Actor, old: Blueprint | None, new: Blueprint) -> list[str]:
    """The plan from tomorrow on (from today at the first load); a sentence for each room or person that is taken."""
    today = clock.today(new.program.zone)
    from_day = today if old is None else today + timedelta(days=1)
    tracks = _keep_tracks(new, from_day)
    rooms = {room.key: room for room in Room.objects.all()}
    live = _live_rows(from_day)
    opened, changed = [], []
    for part in new.series:
        if part.last_day is not None and part.last_day < from_day:
            continue
        wanted = columns_of(part, new, rooms)
        of_tracks = [tracks[key] for key in part.tracks]
        one = live.pop(part.key, None)
        if one is None:
            opened.append(Opening(part, wanted, of_tracks))
        elif _differs(one, wanted, of_tracks):
            changed.append((one, _replace(one, Opening(part, wanted, of_tracks), from_day)))
    _open(opened, from_day)
    for gone in live.values():
        _end(by, gone, from_day)
    return [str(said) for said in _take_over(by, changed, from_day)]


def _keep_tracks(new: Blueprint, from_day: date) -> dict[str, Track]:
    tracks = {track.key: _keep_track(track) for track in new.tracks}
    Track.objects.exclude(key__in=tracks).filter(ended_on__isnull=True).update(ended_on=from_day)
    return tracks


def _live_rows(from_day: date) -> dict[str, Series]:
    rows = Series.objects.filter(Q(until__isnull=True) | Q(until__gte=from_day), personal=False)
    return {series.key: series for series in rows.order_by("pk").prefetch_related("tracks")}


def _keep_track(part: TrackPart) -> Track:
    hour = part.individual
    return Track.objects.update_or_create(
        key=part.key,
        defaults={
            "names": part.names.as_dict(),
            "summary": part.summary.as_dict(),
            "languages": list(part.languages),
            "capacity": part.capacity,
            "individual_minutes": hour.minutes if hour else 0,
            "individual_per_week": hour.per_week if hour else 0,
            "individual_kind": hour.kind if hour else "",
            "ended_on": None,
        },
    )[0]


def columns_of(part: SeriesPart, blueprint: Blueprint, rooms: Mapping[str, Room]) -> dict[str, Any]:
    return {
        "names": part.names.as_dict(),
        "weekday": part.weekday_number,
        "start": part.start,
        "minutes": part.minutes,
        "break_minutes": part.break_minutes,
        "break_after": part.break_after,
        "room": rooms[part.room],
        "capacity": part.capacity,
        "choice": part.choice or "",
        "languages": list(part.languages),
        "facilitator_roles": list(part.facilitator_roles),
        "until": part.last_day,
        **kind_columns(blueprint, part.kind),
    }


def kind_columns(blueprint: Blueprint, key: str) -> dict[str, Any]:
    """How a kind of hour counts, written down with the series so that the past keeps what held then."""
    kind = blueprint.kind(key)
    return {
        "kind": key,
        "pathway": kind.pathway or "",
        "countable": kind.countable,
        "group_min": kind.group_min,
        "group_max": kind.group_max,
        "below_counts_as": kind.below_counts_as or "",
        "above_counts_as": kind.above_counts_as or "",
        "below_countable": kind.below_counts_as is not None and blueprint.countable(kind.below_counts_as),
        "above_countable": kind.above_counts_as is not None and blueprint.countable(kind.above_counts_as),
    }


def _differs(one: Series, wanted: Mapping[str, Any], tracks: list[Track]) -> bool:
    same = all(getattr(one, name) == value for name, value in wanted.items())
    return not same or {track.pk for track in one.tracks.all()} != {track.pk for track in tracks}


def _open(wanted: Sequence[Opening], from_day: date) -> list[Series]:
    opened = Series.objects.bulk_create(
        Series(key=one.part.key, since=max(from_day, one.part.first_day or from_day), **one.columns) for one in wanted
    )
    row = Series.tracks.through
    row.objects.bulk_create(
        row(series=series, track=track) for series, one in zip(opened, wanted, strict=True) for track in one.tracks
    )
    return opened


def _replace(old: Series, wanted: Opening, from_day: date) -> Series:
    Series.objects.filter(pk=old.pk).update(until=from_day - timedelta(days=1))
    (new,) = _open([wanted], from_day)
    for row in old.facilitators.filter(Q(until__isnull=True) | Q(until__gte=from_day)):
        SeriesFacilitator.objects.create(
            series=new, staff_member=row.staff_member, since=max(row.since, from_day), until=row.until
        )
    _carry_enrollments(old, new, from_day)
    return new


def _carry_enrollments(old: Series, new: Series, from_day: date) -> None:
    live = Enrollment.objects.filter(series=old).filter(Q(until__isnull=True) | Q(until__gte=from_day))
    live.filter(since__gte=from_day).update(series=new)
    running = list(live.filter(since__lt=from_day))
    Enrollment.objects.filter(pk__in=[row.pk for row in running]).update(until=from_day - timedelta(days=1))
    Enrollment.objects.bulk_create(
        Enrollment(
            episode_id=row.episode_id,
            series=new,
            track_id=row.track_id,
            since=from_day,
            until=row.until,
            recorded_at=clock.now(),
            by=row.by,
        )
        for row in running
    )


def _end(by: Actor, gone: Series, from_day: date) -> None:
    last = from_day - timedelta(days=1)
    Series.objects.filter(pk=gone.pk).update(until=last)
    gone.enrollments.filter(until__isnull=True).update(until=last)
    for session in coming(gone, from_day):
        call_off(by, session, CancelReason.SERIES_ENDED, "")


def _take_over(by: Actor, changed: list[tuple[Series, Series]], from_day: date) -> list["Promise | str"]:
    """Sessions ahead follow the new row. All let go first: two groups may trade places in one load."""
    sessions = [
        (session, new)
        for old, new in changed
        for session in Session.objects.filter(series=old, planned_on__gte=from_day).exclude(status="held")
    ]
    free = [(session, new) for session, new in sessions if session.status == "planned"]
    for session, _new in free:
        session.bookings.filter(released=False).delete()
    for session, new in sessions:
        session.series = new
        session.save(update_fields=["series"])
    for session, new in free:
        _retime(by, session, new)
    return booking.keep_all(usual_bookings([session for session, _new in free]))


def _retime(by: Actor, session: Session, new: Series) -> None:
    """A session that nobody touched takes the day, time and break of the new rule; a day gone by keeps the old one."""
    before = session.starts_at
    day = dates.in_the_same_week(session.planned_on, new.weekday)
    session.planned_on = day if day >= new.since else session.planned_on
    session.starts_at, session.ends_at = dates.instants(session.planned_on, new.start, new.minutes, program.zone())
    session.break_minutes, session.break_after = new.break_minutes, new.break_after
    session.save()
    if session.starts_at != before:
        note_change(by, session, ChangeKind.MOVED, before=before)
