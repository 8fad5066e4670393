"""What a first look finds: a group that has just begun, somebody on the way, somebody who waits for a place."""

from collections.abc import Sequence
from datetime import timedelta

from trellis.doors.demo.build.house import House
from trellis.doors.demo.build.timeline import Timeline
from trellis.doors.demo.groups import groups_on, people_of
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program.models import Room
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.schedule import actions as schedule
from trellis.journey.schedule.models import Session, Track
from trellis.people.clients.models import Client


def on_now(house: House) -> list[Session]:
    return list(groups_on(house.calendar.now))


def prepare(house: House, timeline: Timeline) -> None:
    """On the day on which the demo is first looked at."""
    desk = house.one("front_desk").actor
    for session in on_now(house):
        _come_in(desk, timeline, session, people_of([session])[session.pk])
    timeline.add(house.calendar.now - timedelta(hours=3), lambda: _another_room(house))


def _come_in(desk: Actor, timeline: Timeline, session: Session, people: Sequence[Client]) -> None:
    """Most are here, one is late and said so, one is not heard of. Nobody is marked yet."""
    away = min(2, max(0, len(people) - 2))
    for number, client in enumerate(people[: len(people) - away]):
        _arrive(desk, timeline, session, client, 18 - number)
    if away:
        _says_late(desk, timeline, session, people[-1])


def _arrive(desk: Actor, timeline: Timeline, session: Session, client: Client, minutes_before: int) -> None:
    key = f"door-{session.pk}-{client.pk}"
    timeline.add(
        session.starts_at - timedelta(minutes=minutes_before),
        lambda: schedule.arrive(by=desk, session=session, client=client, key=key),
    )


def _says_late(desk: Actor, timeline: Timeline, session: Session, client: Client) -> None:
    key = f"late-{session.pk}-{client.pk}"
    timeline.add(
        session.starts_at - timedelta(minutes=6),
        lambda: schedule.notify_late(by=desk, client=client, session=session, minutes=15, key=key),
    )


def _another_room(house: House) -> None:
    """One group of next week meets elsewhere: something that changed, for those whom it concerns."""
    director = house.one("clinical_director").actor
    ahead = Session.objects.filter(
        starts_at__gte=house.calendar.now + timedelta(days=4),
        series__personal=False,
        series__kind="process",
        status="planned",
    )
    session = ahead.order_by("-starts_at").filter(starts_at__lt=house.calendar.now + timedelta(days=9)).first()
    if session is None:
        return
    for room in Room.objects.filter(kind="group").order_by("-capacity", "key"):
        try:
            schedule.change_room(by=director, session=session, room=room, reason="The carpet is cleaned")
        except Refused:  # taken, or its own room
            continue
        return


def cancel_one(house: House, timeline: Timeline) -> None:
    """Some weeks ago nobody could lead one group: a week that is cut by us, and not anybody's shortfall."""
    day = house.calendar.first_monday + timedelta(weeks=max(0, house.calendar.weeks // 2 - 1), days=3)
    director = house.one("clinical_director").actor

    def act() -> None:
        sessions = Session.objects.filter(planned_on=day, series__personal=False, status="planned")
        session = sessions.order_by("starts_at", "id").first()
        if session is not None:
            schedule.cancel_session(by=director, session=session, reason="no_leader")

    timeline.add(house.calendar.at(day, 7, 30), act)


def wait_for_a_place(house: House, inquiry: Inquiry, track_key: str) -> None:
    track = Track.objects.filter(key=track_key).first()
    if track is not None:
        schedule.wait_list(by=house.one("intake_coordinator").actor, track=track, inquiry=inquiry)
