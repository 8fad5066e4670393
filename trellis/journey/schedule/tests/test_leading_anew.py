"""A client closed their record to somebody who leads their group: who plans is told, and not why."""

from datetime import timedelta

import pytest
from django.urls import reverse

from trellis.foundation.record.guard import writing
from trellis.journey.schedule.models import Booking, Enrollment, RosterAddition
from trellis.journey.schedule.queries import led_by_somebody_kept_out
from trellis.journey.schedule.tests.factories import (
    NOW,
    ClientFactory,
    SessionFactory,
    StaffMemberFactory,
    actor,
    browser_of,
    tonight,
)
from trellis.journey.schedule.tests.sheet import text
from trellis.journey.schedule.tests.test_kept_out import kept_out
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out.actions import keep_out, let_in
from trellis.people.clients.models import KeptOut

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]
LINE = "Plan another leader for"


@pytest.fixture
def evening():
    """A group that is on, whose first client closed their record to who leads it."""
    session, [marisol, _other], by = tonight(people=2)
    kept_out(marisol, account=Account.objects.get(pk=by.account_id))
    return session, marisol, by


def owed(role="program_administrator", now=NOW):
    return led_by_somebody_kept_out(now, actor(role))


def test_those_who_plan_are_told_and_nobody_else(evening):
    session, _marisol, by = evening
    for role in ("program_administrator", "clinical_director"):
        assert owed(role) == [session]
    for role in ("front_desk", "group_facilitator", "biller"):
        assert owed(role) == []
    assert led_by_somebody_kept_out(NOW, by) == []


def test_it_names_the_group_and_neither_client_nor_reason(evening):
    session, marisol, _by = evening
    page = browser_of(actor("program_administrator")).get(reverse("staff_desk:program_today"))
    (line,) = [part for part in text(page).split("<") if LINE in part]
    assert session.series.names["en"] in line
    assert marisol.first_name not in line
    assert reverse("schedule:session", args=[session.public_id]) in page.content.decode()


def test_it_is_gone_when_another_leads(evening):
    session, _marisol, _by = evening
    with writing("test"):
        Booking.objects.filter(session=session).update(released=True)
    assert owed() == []


def test_it_is_gone_when_the_record_is_open_again(evening):
    let_in(by=actor("program_administrator"), kept=KeptOut.objects.get())
    assert owed() == []


def test_a_group_without_that_client_is_none(evening):
    _session, marisol, by = evening
    SessionFactory(led_by=Account.objects.get(pk=by.account_id).staff_member, planned_on=NOW.date() + timedelta(days=1))
    assert len(owed()) == 1
    with writing("test"):
        Enrollment.objects.filter(episode__client=marisol).delete()
    assert owed() == []


def test_whoever_sits_in_once_counts_too(evening):
    session, marisol, _by = evening
    with writing("test"):
        Enrollment.objects.filter(episode__client=marisol).delete()
        RosterAddition.objects.create(session=session, client=marisol, recorded_at=NOW, by="account:1")
    assert owed() == [session]


def test_a_group_that_joins_the_room_counts_for_the_one_who_leads_it():
    session, _clients, by = tonight(people=1)
    guest, [zoe], _other = tonight(people=1)
    with writing("test"):
        guest.joins = session
        guest.save(update_fields=["joins"])
    kept_out(zoe, account=Account.objects.get(pk=by.account_id))
    assert owed() == [session]


def test_what_is_over_or_far_or_cancelled_waits_for_nobody(evening):
    session, _marisol, _by = evening
    assert owed(now=session.ends_at) == []
    assert owed(now=session.starts_at - timedelta(days=7)) == []
    assert owed(now=session.starts_at - timedelta(days=7) + timedelta(seconds=1)) == [session]
    with writing("test"):
        session.status = "cancelled"
        session.save(update_fields=["status"])
    assert owed() == []


def test_a_planner_to_whom_the_record_is_closed_leaves_it_to_others(evening):
    _session, marisol, _by = evening
    assert led_by_somebody_kept_out(NOW, kept_out(marisol, role="clinical_director")) == []


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_five_statements(statements, number):
    leader = StaffMemberFactory(account__roles=["group_facilitator"])
    for n in range(number):
        session, [client], _by = tonight(people=1, planned_on=NOW.date() + timedelta(days=1 + n % 5))
        with writing("test"):
            Booking.objects.filter(session=session).update(released=True)
            Booking.objects.create(
                session=session, staff_member=leader, starts_at=session.starts_at + timedelta(seconds=n),
                ends_at=session.starts_at + timedelta(seconds=n + 1),
            )  # fmt: skip
        keep_out(by=actor("program_administrator"), client=client, account=leader.account)
    asking = actor("program_administrator")
    with statements() as seen:
        assert len(led_by_somebody_kept_out(NOW, asking)) == number
    assert len(seen) == 5


def test_nothing_more_is_asked_where_no_record_is_closed(statements):
    ClientFactory()
    asking = actor("program_administrator")
    with statements() as seen:
        assert led_by_somebody_kept_out(NOW, asking) == []
    assert len(seen) == 1
