from datetime import date, datetime, timedelta

import pytest

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.foundation.program import queries as program
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.people.accounts.models import Invitation
from trellis.people.clients import policy, sign_in
from trellis.people.clients.tests.factories import (
    AccountFactory,
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    LegalNameFactory,
    StaffMemberFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db


def test_own_is_the_record_and_whatever_names_it():
    mine, other = EpisodeFactory(client=ClientFactory(with_account=True)), EpisodeFactory()
    me = actor_of(mine.client.account)
    assert policy.is_own(me, mine.client)
    assert policy.is_own(me, mine)
    assert policy.is_own(me, LegalNameFactory(client=mine.client))
    assert not policy.is_own(me, other.client)
    assert not policy.is_own(me, other)


def test_nobody_signed_in_owns_nothing_and_treats_nobody():
    episode = EpisodeFactory()
    assert not policy.is_own(Actor(), episode.client)
    assert not policy.is_on_caseload(Actor(), episode)


def test_a_record_without_a_sign_in_is_nobodys_own():
    assert not policy.is_own(actor_of(AccountFactory(roles=["client"])), ClientFactory())


def test_the_caseload_is_the_care_team_of_an_open_stay():
    assignment = CareAssignmentFactory(staff_member__account__roles=["counselor"])
    by = actor_of(assignment.staff_member.account)
    for thing in (assignment.episode.client, assignment.episode, assignment):
        assert policy.is_on_caseload(by, thing)
    closed = CareAssignmentFactory(staff_member=assignment.staff_member, episode=EpisodeFactory(closed=True))
    assert not policy.is_on_caseload(by, closed.episode)


def test_what_is_about_no_client_is_in_no_relation():
    member = StaffMemberFactory(account__roles=["counselor"])
    by = actor_of(member.account)
    assert not policy.is_on_caseload(by, member)
    assert not policy.is_own(by, member)


def test_it_takes_one_statement_to_know(statements):
    assignment = CareAssignmentFactory(staff_member__account__roles=["counselor"])
    by = actor_of(assignment.staff_member.account)
    with statements() as seen:
        assert may(by, "client.read", assignment.episode.client)
    assert len(seen) == 1


def test_an_invitation_about_nobody_links_nothing():
    account = AccountFactory()
    sign_in.link(Actor(), account, Invitation(about=""))
    assert not hasattr(account, "client")


def test_the_last_team_is_who_was_there_when_the_stay_closed():
    load_pomona()
    member = StaffMemberFactory(account__roles=["therapist"])
    by, closed = actor_of(member.account), EpisodeFactory(closed=True)
    assert not policy.is_on_last_team(by, closed.client)
    left_before = CareAssignmentFactory(episode=closed, staff_member=member, until=date(2026, 10, 20))
    assert not policy.is_on_last_team(by, closed.client)
    with writing("test"):
        left_before.until = closed.closed_on
        left_before.save()
    assert policy.is_on_last_team(by, closed)
    assert not policy.is_on_last_team(Actor(), closed)
    assert not policy.is_on_last_team(by, object())
    assert not policy.is_on_last_team(by, ClientFactory())
    EpisodeFactory(client=closed.client, opened_on=date(2026, 11, 20))
    assert not policy.is_on_last_team(by, closed.client)


def test_the_last_team_is_over_a_year_and_two_months_after_the_stay_by_the_programs_calendar(clock_at):
    load_pomona()
    closed = EpisodeFactory(closed=True)
    member = CareAssignmentFactory(episode=closed, until=closed.closed_on).staff_member
    by, last_day = actor_of(member.account), datetime(2027, 12, 31, 23, 59, tzinfo=program.zone())
    assert closed.closed_on + timedelta(days=policy.LAST_TEAM_DAYS) == last_day.date()
    clock_at(last_day)  # in UTC it is the next day already
    assert policy.is_on_last_team(by, closed.client)
    clock_at(last_day + timedelta(minutes=1))
    assert not policy.is_on_last_team(by, closed.client)
