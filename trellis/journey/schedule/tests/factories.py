"""The week for tests. Wednesday, November 25, 2026, 5:40 pm in Pomona is `NOW`: a group is in session."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import factory
from django.test import Client as Browser

from trellis.foundation.access.actor import Actor
from trellis.foundation.program.models import Room, Site
from trellis.foundation.record.guard import writing
from trellis.foundation.record.ids import new_public_id
from trellis.journey.schedule.models import (
    AbsenceNotice,
    Arrival,
    Attendance,
    Booking,
    CallOutcome,
    Enrollment,
    Leave,
    NotSeated,
    PrescribedHours,
    Series,
    SeriesFacilitator,
    Session,
    Track,
)
from trellis.journey.schedule.rules.dates import instants
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import give_second_step, sign_in
from trellis.people.clients.tests.factories import (
    ClientFactory,
    EpisodeFactory,
    Factory,
    StaffMemberFactory,
    actor,
    actor_of,
)

POMONA = ZoneInfo("America/Los_Angeles")
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 26, 1, 40, tzinfo=UTC)
SYSTEM = Actor.of_system("tests")


class SiteFactory(Factory):
    class Meta:
        model = Site
        django_get_or_create = ("key",)

    key = "main"
    names = {"en": "Main house", "es": "Casa principal"}
    city = "Pomona"


class RoomFactory(Factory):
    class Meta:
        model = Room

    key = factory.Sequence(lambda n: f"test-room-{n}")
    names = factory.Sequence(lambda n: {"en": f"Room {n}", "es": f"Sala {n}"})
    site = factory.SubFactory(SiteFactory)
    kind = "group"
    capacity = 14


class TrackFactory(Factory):
    class Meta:
        model = Track

    key = factory.Sequence(lambda n: f"track-{n}")
    names = {"en": "Evening track", "es": "Horario de la tarde"}
    summary = {"en": "Three evenings", "es": "Tres tardes"}
    languages = ["en"]
    capacity = 12


class SeriesFactory(Factory):
    """A group on Wednesdays at 5:30 pm, three hours and a quarter with a break of a quarter."""

    class Meta:
        model = Series
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"series-{n}")
    names = {"en": "Skills group", "es": "Grupo de habilidades"}
    kind = "group"
    weekday = 2
    start = time(17, 30)
    minutes = 195
    break_minutes = 15
    break_after = 90
    room = factory.SubFactory(RoomFactory)
    capacity = 12
    languages = ["en"]
    group_min = 2
    group_max = 12
    below_counts_as = "individual"
    below_countable = True
    since = date(2026, 9, 1)

    @factory.post_generation
    def tracks(self, create: bool, extracted: Any, **_: Any) -> None:
        with writing("factory"):
            self.tracks.set(extracted or [])


class SeriesFacilitatorFactory(Factory):
    class Meta:
        model = SeriesFacilitator

    series = factory.SubFactory(SeriesFactory)
    staff_member = factory.SubFactory(StaffMemberFactory)
    since = date(2026, 9, 1)


class SessionFactory(Factory):
    """Tonight's session; `led_by=staff_member` books a leader, `in_room=room` a room."""

    class Meta:
        model = Session
        skip_postgeneration_save = True

    class Params:
        cancelled = factory.Trait(status="cancelled", cancel_reason="closed")

    series = factory.SubFactory(SeriesFactory)
    planned_on = TODAY
    starts_at = factory.LazyAttribute(lambda s: instants(s.planned_on, s.series.start, s.series.minutes, POMONA)[0])
    ends_at = factory.LazyAttribute(lambda s: s.starts_at + timedelta(minutes=s.series.minutes))
    break_minutes = factory.SelfAttribute("series.break_minutes")
    break_after = factory.SelfAttribute("series.break_after")

    @factory.post_generation
    def led_by(self, create: bool, extracted: Any, **_: Any) -> None:
        for staff_member in extracted if isinstance(extracted, list) else [extracted] * bool(extracted):
            BookingFactory(session=self, staff_member=staff_member)

    @factory.post_generation
    def in_room(self, create: bool, extracted: Any, **_: Any) -> None:
        if extracted:
            BookingFactory(session=self, room=extracted)


class BookingFactory(Factory):
    class Meta:
        model = Booking

    session = factory.SubFactory(SessionFactory)
    starts_at = factory.SelfAttribute("session.starts_at")
    ends_at = factory.SelfAttribute("session.ends_at")


class EnrollmentFactory(Factory):
    class Meta:
        model = Enrollment

    episode = factory.SubFactory(EpisodeFactory)
    series = factory.SubFactory(SeriesFactory)
    since = date(2026, 10, 5)
    recorded_at = datetime(2026, 10, 5, 17, tzinfo=UTC)
    by = "account:1"


class _FactFactory(Factory):
    class Meta:
        abstract = True

    session = factory.SubFactory(SessionFactory)
    client = factory.SubFactory(ClientFactory)
    key = factory.LazyFunction(new_public_id)
    recorded_at = NOW
    by = "account:1"


class AttendanceFactory(_FactFactory):
    class Meta:
        model = Attendance

    state = "present"


class ArrivalFactory(_FactFactory):
    class Meta:
        model = Arrival


class AbsenceNoticeFactory(_FactFactory):
    class Meta:
        model = AbsenceNotice

    kind = "cannot_come"
    reason = "My shift changed."


class NotSeatedFactory(_FactFactory):
    class Meta:
        model = NotSeated

    why = "unwell"
    way_home = "picked_up"


class CallOutcomeFactory(_FactFactory):
    class Meta:
        model = CallOutcome

    result = "reached"


class LeaveFactory(Factory):
    class Meta:
        model = Leave

    client = factory.SubFactory(ClientFactory)
    kind = "hospital"
    since = date(2026, 11, 23)
    recorded_at = NOW
    by = "account:1"


class PrescribedHoursFactory(Factory):
    class Meta:
        model = PrescribedHours

    client = factory.SubFactory(ClientFactory)
    minutes_a_week = 540
    since = date(2026, 10, 5)
    ordered_by = factory.SubFactory(StaffMemberFactory)
    recorded_at = NOW
    by = "account:1"


def enrolled(series: Series, count: int = 1, **traits: Any) -> list[Any]:
    """Clients who are in a series now."""
    episodes = [EpisodeFactory(client=ClientFactory(**traits)) for _ in range(count)]
    for episode in episodes:
        EnrollmentFactory(episode=episode, series=series)
    return [episode.client for episode in episodes]


def tonight(people: int = 3, **session: Any) -> tuple[Session, list[Any], Any]:
    """A group that is on, the clients in it, and the actor who leads it."""
    leader = StaffMemberFactory(account__roles=["group_facilitator"])
    made = SessionFactory(led_by=leader, **session)
    return made, enrolled(made.series, people), actor_of(leader.account)


def browser_of(by: Actor) -> Browser:
    """A browser in which this member of staff is signed in with their second step."""
    account = Account.objects.get(pk=by.account_id)
    give_second_step(account)
    return sign_in(Browser(), account)


__all__ = [
    "NOW", "POMONA", "SYSTEM", "TODAY", "AbsenceNoticeFactory", "ArrivalFactory", "AttendanceFactory",
    "BookingFactory", "CallOutcomeFactory", "ClientFactory", "EnrollmentFactory", "EpisodeFactory", "LeaveFactory",
    "NotSeatedFactory", "PrescribedHoursFactory", "RoomFactory", "SeriesFacilitatorFactory", "SeriesFactory",
    "SessionFactory", "StaffMemberFactory", "TrackFactory", "actor", "actor_of", "browser_of", "enrolled", "tonight",
]  # fmt: skip
