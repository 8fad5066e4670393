"""Who belongs to which groups, with dates."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.program.models import Room
from trellis.foundation.record.ids import new_public_id
from trellis.foundation.record.texts import say
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.schedule.actions.blueprint import kind_columns
from trellis.journey.schedule.actions.generate import lead, make_sessions
from trellis.journey.schedule.models import Enrollment, Series, Track, WaitListEntry
from trellis.journey.schedule.rules import dates
from trellis.journey.schedule.rules.places import Bar, Places, bar
from trellis.journey.schedule.states import WAITING
from trellis.people.clients.models import Episode
from trellis.people.clients.rules import age_on
from trellis.people.clients.states import OPEN
from trellis.people.staff.models import StaffMember

EPISODE_CLOSED = _("This person's stay is closed. Open a new one first.")
BEFORE_EPISODE = _("Groups cannot start before the person came into the program.")
SERIES_OVER = _("{group} does not meet on that day any more.")
ENROLLED_ALREADY = _("This person is in {group} already.")
IN_TRACK_ALREADY = _("This person is in this track already.")
NOT_IN_TRACK = _("This person is not in this track.")
ENDED_ALREADY = _("This ended already.")
FULL = _(
    "{group} is full: {taken} of {capacity} places are taken. Put the person on the wait-list, or say why to enroll."
)
NO_GROUPS = _("This track has no groups on that day.")
BARS: dict[str, "Promise | str"] = {
    "age": _("This track is for another age. Choose a different one."),
    "payer": _("Who pays for this person does not pay for this track. Choose a different one."),
}
WAITS_ALREADY = _("This person is on the wait-list already.")
WHO_WAITS = _("Say who waits: a client or somebody who asked for help.")
NOT_WAITING = _("This person does not wait any more.")
HOUR_LENGTH = _("An individual hour is 10 to 240 minutes long.")

#: Nobody is sent to a religious group unasked (Hazle v. Crofoot, 9th Cir. 2013): until the person chooses.
UNASKED_PATHWAY = "secular"


@action("schedule.enroll", on="episode")
def enroll(*, by: Actor, episode: Episode, series: Series, since: date, in_spite_of_full: str = "") -> Enrollment:
    """Into one series from a day on. A full one needs a reason in `in_spite_of_full`."""
    _check_episode(episode, since)
    if not in_spite_of_full:
        _refuse_full(say(series.names), places_in_series(series, since))
    return _enroll(by, episode, series, since, None)


@action("schedule.enroll", on="episode")
def leave(*, by: Actor, episode: Episode, enrollment: Enrollment, until: date) -> Enrollment:
    """The last day in one series."""
    if enrollment.episode_id != episode.pk or enrollment.until is not None:
        raise Refused(ENDED_ALREADY)
    end_enrollments([enrollment], until)
    return enrollment


@action("schedule.enroll", on="episode")
def enroll_in_track(
    *,
    by: Actor,
    episode: Episode,
    track: Track,
    since: date,
    pathway: str = "",
    in_spite_of_full: str = "",
) -> list[Enrollment]:
    """Into every group of a track. Of groups that share a choice, into the one of the person's `pathway`."""
    return join_track(by, episode, track, since, pathway, in_spite_of_full)


def join_track(
    by: Actor, episode: Episode, track: Track, since: date, pathway: str, in_spite_of_full: str
) -> list[Enrollment]:
    _check_episode(episode, since)
    if episode.enrollments.filter(track=track, until__isnull=True).exists():
        raise Refused(IN_TRACK_ALREADY)
    if barred := bar_of(track.key, since, episode.client.born_on, episode.client.payer):
        raise Refused(BARS[barred])
    if not in_spite_of_full:
        _refuse_full(say(track.names), places_in_track(track, since))
    present = set(episode.enrollments.filter(until__isnull=True).values_list("series_id", flat=True))
    groups = [series for series in groups_of(track, since, pathway) if series.pk not in present]
    if not groups:
        raise Refused(NO_GROUPS)
    _place(episode, track)
    return [_enroll(by, episode, series, max(since, series.since), track) for series in groups]


def bar_of(key: str, day: date, born_on: date | None, payer: str) -> Bar | None:
    """Why the blueprint gives a track to others; one that it does not know any more has no groups to join anyway."""
    track = next((one for one in program.current().tracks if one.key == key), None)
    if track is None:
        return None
    age = age_on(born_on, day) if born_on else None
    return bar(age, payer, min_age=track.min_age, max_age=track.max_age, payers=track.payers)


def groups_of(track: Track, day: date, pathway: str) -> list[Series]:
    """The series of a track that meet on or after a day, one of each choice."""
    live = Series.objects.filter(Q(until__isnull=True) | Q(until__gte=day), tracks=track, personal=False)
    return choose(live.order_by("weekday", "start", "pk"), pathway or UNASKED_PATHWAY)


def choose(series: Iterable[Series], pathway: str) -> list[Series]:
    chosen: dict[str, Series] = {}
    for one in series:
        key = f"choice:{one.choice}" if one.choice else f"series:{one.key}"
        if key not in chosen or one.pathway == pathway:
            chosen[key] = one
    return list(chosen.values())


@action("schedule.enroll", on="episode")
def leave_track(*, by: Actor, episode: Episode, track: Track, until: date) -> list[Enrollment]:
    """The last day in every group that this track brought."""
    rows = list(episode.enrollments.filter(track=track).filter(running_after(until)))
    if not rows:
        raise Refused(NOT_IN_TRACK)
    end_enrollments(rows, until)
    return rows


@action("schedule.enroll", on="episode")
def change_track(
    *, by: Actor, episode: Episode, old: Track, new: Track, since: date, pathway: str = "", in_spite_of_full: str = ""
) -> list[Enrollment]:
    """From one track into another: the old one ends the day before."""
    rows = list(episode.enrollments.filter(track=old).filter(running_after(since)))
    if not rows:
        raise Refused(NOT_IN_TRACK)
    end_enrollments(rows, since - timedelta(days=1))
    return join_track(by, episode, new, since, pathway, in_spite_of_full)


def running_after(day: date) -> Q:
    return Q(until__isnull=True) | Q(until__gt=day)


def end_enrollments(rows: list[Enrollment], until: date) -> None:
    for row in rows:
        # Called off before it began: it ends the day before it would have begun.
        row.until = max(until, row.since - timedelta(days=1))
        row.save(update_fields=["until"])


def _check_episode(episode: Episode, since: date) -> None:
    if episode.status != OPEN:
        raise Refused(EPISODE_CLOSED)
    if since < episode.opened_on:
        raise Refused(BEFORE_EPISODE)


def _enroll(by: Actor, episode: Episode, series: Series, since: date, track: Track | None) -> Enrollment:
    if series.until is not None and series.until < since:
        raise Refused(format_lazy(SERIES_OVER, group=say(series.names)))
    if episode.enrollments.filter(series=series, until__isnull=True).exists():
        raise Refused(format_lazy(ENROLLED_ALREADY, group=say(series.names)))
    return Enrollment.objects.create(
        episode=episode, series=series, track=track, since=since, recorded_at=clock.now(), by=by.name
    )


# --- places -----------------------------------------------------------------------------------------------------------


def places_in_track(track: Track, day: date) -> Places:
    taken = Enrollment.objects.filter(_from(day), track=track, episode__status=OPEN)
    return Places(taken.values("episode").distinct().count(), track.capacity)


def places_in_series(series: Series, day: date) -> Places:
    taken = Enrollment.objects.filter(_from(day), series=series, episode__status=OPEN)
    return Places(taken.values("episode").distinct().count(), series.capacity)


def _from(day: date) -> Q:
    """Enrollments that hold a place on a day or later."""
    return Q(until__isnull=True) | Q(until__gte=day)


def _refuse_full(group: str, places: Places) -> None:
    if places.full:
        raise Refused(format_lazy(FULL, group=group, taken=places.taken, capacity=places.capacity))


# --- the wait-list ----------------------------------------------------------------------------------------------------


def _who(entry: WaitListEntry, arguments: dict[str, Any]) -> tuple[str, ...]:
    return entry.audit_subjects


@action("schedule.wait_list", about=_who)
def wait_list(
    *, by: Actor, track: Track, episode: Episode | None = None, inquiry: Inquiry | None = None
) -> WaitListEntry:
    """Somebody waits for a place: a client, or a person who asked for help."""
    if (episode is None) == (inquiry is None):
        raise Refused(WHO_WAITS)
    if WaitListEntry.objects.filter(track=track, episode=episode, inquiry=inquiry, status="waiting").exists():
        raise Refused(WAITS_ALREADY)
    return WaitListEntry.objects.create(track=track, episode=episode, inquiry=inquiry, since=clock.now(), by=by.name)


@action("schedule.wait_list", on="entry")
def stop_waiting(*, by: Actor, entry: WaitListEntry) -> WaitListEntry:
    if not WAITING.may(entry.status, "withdraw"):
        raise Refused(NOT_WAITING)
    withdraw(entry)
    return entry


def withdraw(entry: WaitListEntry) -> None:
    _close(entry, WAITING.after(entry.status, "withdraw"))


def _place(episode: Episode, track: Track) -> None:
    for entry in track.waiting.filter(episode=episode, status="waiting"):
        _close(entry, WAITING.after(entry.status, "place"))


def place_inquiry(inquiry: Inquiry, track: Track) -> None:
    for entry in track.waiting.filter(inquiry=inquiry, status="waiting"):
        _close(entry, WAITING.after(entry.status, "place"))


def _close(entry: WaitListEntry, status: str) -> None:
    entry.status, entry.closed_at = status, clock.now()
    entry.save(update_fields=["status", "closed_at"])


# --- the hour alone ---------------------------------------------------------------------------------------------------


@action("schedule.agree_hour", on="episode")
def agree_individual_hour(
    *,
    by: Actor,
    episode: Episode,
    staff_member: StaffMember,
    weekday: int,
    start: time,
    minutes: int,
    kind: str,
    since: date,
    room: Room | None = None,
    names: dict[str, str] | None = None,
) -> Enrollment:
    """A weekly hour alone with somebody of the care team: a series of one, made ahead like any other."""
    _check_episode(episode, since)
    if not 10 <= minutes <= 240:
        raise Refused(HOUR_LENGTH)
    blueprint = program.current()
    series = Series.objects.create(
        key=f"hour-{new_public_id()}",
        names=names or blueprint.kind(kind).names.as_dict(),
        weekday=weekday,
        start=start,
        minutes=minutes,
        room=room,
        capacity=1,
        personal=True,
        since=since,
        **kind_columns(blueprint, kind),
    )
    enrollment = _enroll(by, episode, series, since, None)
    lead(series, staff_member, since)
    last = dates.last_day_ahead(clock.today(program.zone()), blueprint.program.horizon_weeks)
    made = make_sessions(Series.objects.filter(pk=series.pk), since, last)
    _refuse_clashes(made.clashes)
    return enrollment


def _refuse_clashes(clashes: tuple["Promise | str", ...]) -> None:
    if clashes:
        raise Refused(clashes[0])
