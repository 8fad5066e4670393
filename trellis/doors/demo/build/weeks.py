"""What happens in the groups: who came, who was late, who called, and who was called."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from trellis.doors.demo import stories, words
from trellis.doors.demo.build import leaving
from trellis.doors.demo.build.house import BUILDER, House
from trellis.doors.demo.build.timeline import Timeline
from trellis.doors.demo.figures import chance, draw, figures
from trellis.doors.demo.groups import people_of
from trellis.foundation.access.actor import Actor
from trellis.journey.schedule import actions as schedule
from trellis.journey.schedule.actions import Entry
from trellis.journey.schedule.models import Session
from trellis.people.clients.models import Client, Episode

MARKED_BEFORE_END = timedelta(minutes=15)


class Weeks:
    def __init__(self, house: House, timeline: Timeline) -> None:
        self.house, self.timeline = house, timeline
        self.kinds: dict[int, int] = {}  # client → which kind of weeks they have
        self.languages: dict[int, str] = {}
        self.desk = house.one("front_desk").actor
        self.director = house.one("clinical_director").actor

    def joined(self, stay: stories.Stay, client: Client, episode: Episode) -> None:
        self.kinds[client.pk] = stay.kind
        self.languages[client.pk] = stay.person.language
        if stay.ends_on:
            evening = self.house.calendar.at(stay.ends_on, 20, 50)
            self.timeline.add(evening, lambda: self._leave(stay, episode, stay.ends_on))

    def _leave(self, stay: stories.Stay, episode: Episode, ends_on: date | None) -> None:
        assert ends_on is not None
        leaving.ended(self.director, episode, ends_on, stay.end_reason)

    def plan_day(self, day: date) -> None:
        """Put the day's sessions on the timeline; called in its morning, when everything that moved them is done."""
        start = self.house.calendar.at(day, 0)
        sessions = Session.objects.filter(starts_at__gte=start, starts_at__lt=start + timedelta(days=1))
        on = list(sessions.exclude(status="cancelled").select_related("series").order_by("starts_at", "id"))
        rosters, leaders = people_of(on), self._leaders(on)
        for session in on:
            if rosters[session.pk] and session.pk in leaders and session.ends_at <= self.house.calendar.now:
                self._plan_session(session, rosters[session.pk], leaders[session.pk])
        self.timeline.add(self.house.calendar.at(day, 21, 10), lambda: schedule.hold_past_sessions(by=BUILDER))

    def _leaders(self, sessions: list[Session]) -> Mapping[int, Actor]:
        by_staff = {member.staff_member.pk: member.actor for member in self.house.members.values()}
        return {
            booking.session_id: by_staff[booking.staff_member_id]
            for session in sessions
            for booking in session.bookings.all()
            if booking.staff_member_id and not booking.released
        }

    def _plan_session(self, session: Session, people: list[Client], leader: Actor) -> None:
        rng = self.house.rng
        entries = [self._entry(rng, session, client) for client in people]
        self.timeline.add(
            session.ends_at - MARKED_BEFORE_END,
            lambda: schedule.mark_all(by=leader, session=session, entries=entries),
        )
        for entry in entries:
            self._around(rng, session, entry)
        if session.series.kind == "family-education":
            self._guests(rng, session, leader)

    def _entry(self, rng: Random, session: Session, client: Client) -> Entry:
        kind: Mapping[str, Any] = figures()["attendance"]["kinds"][self.kinds[client.pk]]
        state = draw(rng, {name: share for name, share in kind.items() if name != "share"})
        if session.series.personal and state == "left_early":
            state = "present"
        return Entry(
            client,
            state,
            f"demo-{session.pk}-{client.pk}",
            arrived_late_minutes=rng.choice((4, 6, 8, 10, 12, 17, 24)) if state == "late" else 0,
            left_early_minutes=rng.choice((10, 15, 20, 30)) if state == "left_early" else 0,
            reason=rng.choice(words.EXCUSED) if state == "excused" else "",
        )

    def _around(self, rng: Random, session: Session, entry: Entry) -> None:
        """What comes with a mark: word before, a call after."""
        if entry.state == "excused" and chance(rng, 50):
            reason = rng.choice(words.CANNOT_COME[self.languages[entry.client.pk]])
            self.timeline.add(
                session.starts_at - timedelta(minutes=rng.randint(35, 200)),
                lambda: schedule.notify_cannot_come(
                    by=self.desk, client=entry.client, session=session, reason=reason, key=f"word-{entry.key}"
                ),
            )
        if entry.state == "late" and chance(rng, 40):
            self.timeline.add(
                session.starts_at - timedelta(minutes=rng.randint(3, 25)),
                lambda: schedule.notify_late(
                    by=self.desk,
                    client=entry.client,
                    session=session,
                    minutes=entry.arrived_late_minutes,
                    reason=rng.choice(words.LATE),
                    key=f"word-{entry.key}",
                ),
            )
        if entry.state == "absent" and chance(rng, 90):
            self._call_after(rng, session, entry)

    def _call_after(self, rng: Random, session: Session, entry: Entry) -> None:
        result = rng.choice(("reached", "reached", "left_message", "handed_over"))
        if result == "left_message" and not entry.client.may_leave_message:
            result = "reached"
        self.timeline.add(
            session.ends_at + timedelta(minutes=rng.randint(5, 25)),
            lambda: schedule.record_call(
                by=self.desk, session=session, client=entry.client, result=result, key=f"call-{entry.key}"
            ),
        )

    def _guests(self, rng: Random, session: Session, leader: Actor) -> None:
        number = rng.randint(1, 5)
        self.timeline.add(
            session.starts_at + timedelta(minutes=20),
            lambda: schedule.count_guests(by=leader, session=session, kind="loved_one", number=number),
        )
