"""A program in the middle of an evening, at the wall's own time: a group is on, its people are here, somebody waits."""

from dataclasses import dataclass, field
from datetime import timedelta

from tests.cast import Cast
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.roles import BY_KEY
from trellis.foundation.program import queries as program
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.tests.factories import asked
from trellis.journey.schedule import actions as schedule
from trellis.journey.schedule.models import Series, Session
from trellis.journey.schedule.tests.factories import EnrollmentFactory, SessionFactory
from trellis.people.accounts.models import Account
from trellis.people.clients import actions as clients
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import CareAssignmentFactory, ClientFactory
from trellis.people.staff.models import StaffMember
from trellis.people.staff.tests.factories import StaffMemberFactory

SYSTEM = Actor.of_system("soak")


@dataclass
class World:
    accounts: dict[str, Account]
    session: Session
    people: list[Client]
    inquiries: list[Inquiry]
    staff: dict[str, StaffMember] = field(default_factory=dict)


def open_world(people: int = 10, inquiries: int = 3) -> World:
    load_pomona()
    accounts = Cast().everybody()
    staff = {key: StaffMemberFactory(account=one) for key, one in accounts.items() if BY_KEY[key].staff}
    today = clock.today(program.zone())
    schedule.generate_sessions(by=SYSTEM, since=today - timedelta(days=7), until=today + timedelta(days=14))
    session = group_that_is_on(staff["group_facilitator"])
    here = [in_the_group(session.series) for _ in range(people)]
    if people:
        clients.link_account(by=SYSTEM, client=here[0], account=accounts["client"])
        for one in here:
            CareAssignmentFactory(episode=one.episodes.get(), staff_member=staff["counselor"], since=today)
    return World(accounts, session, here, [asked() for _ in range(inquiries)], staff)


def group_that_is_on(leader: StaffMember) -> Session:
    """One of the shipped groups, moved to where it began ten minutes ago."""
    now = clock.now()
    series = Series.objects.get(key="evening-wed-skills")
    begun = now - timedelta(minutes=10)
    day = clock.today(program.zone()) - timedelta(days=60)  # a day that no rule gave: it never meets a generated one
    return SessionFactory(
        series=series, planned_on=day, starts_at=begun, ends_at=begun + timedelta(hours=12), led_by=leader
    )


def in_the_group(series: Series) -> Client:
    client = ClientFactory(in_program=True)
    EnrollmentFactory(episode=client.episodes.get(), series=series, since=series.since - timedelta(days=400))
    return client
