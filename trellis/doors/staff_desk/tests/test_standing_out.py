"""Openings that stand out, as whoever guards privacy reads them."""

from datetime import date

import pytest

from tests.support.live import sign_in
from trellis.foundation.audit import trail
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.tests.factories import account_with
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.tests.factories import (
    SINCE,
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
    actor,
)

pytestmark = pytest.mark.django_db
PAGE = "/desk/standing-out/"


@pytest.fixture
def desk(client, clock_at):
    clock_at(SINCE)
    load_pomona()
    return sign_in(client, StaffMemberFactory(account__roles=["program_administrator"]).account)


def opening(member, *clients, verb="opened client.read"):
    subjects = [f"client:{one.pk}" for one in clients]
    trail.record(actor=f"account:{member.account_id}", roles=["front_desk"], verb=verb, subjects=subjects)


def told(answer):
    return answer.content.decode()


def test_each_reason_is_said_with_who_and_how_often(desk):
    grace = StaffMemberFactory(account__roles=["front_desk"], account__chosen_name="Grace Peña")
    own = ClientFactory(chosen_name="Grace P", account=grace.account)
    cousin = ClientFactory(chosen_name="Marisol Pena Ortiz", in_program=True)
    gone = ClientFactory(chosen_name="Teo Lima")
    left = {"status": "closed", "closed_on": date(2025, 6, 1), "close_reason": "moved"}
    EpisodeFactory(client=gone, opened_on=date(2025, 1, 1), **left)
    back = ClientFactory(chosen_name="Ana Lima", in_program=True)
    for one in (own, cousin, cousin, gone, back):
        opening(grace, one)
    page = told(desk.get(PAGE))
    for words in ("Their own record", "The same family name", "Left long ago", "2 times", "Marisol Pena Ortiz"):
        assert words in page
    assert "Ana Lima" not in page


def test_lists_acts_the_team_and_clients_themselves_do_not_stand_out(desk):
    grace = StaffMemberFactory(account__roles=["counselor"], account__chosen_name="Grace Ruiz")
    mine, other = ClientFactory(chosen_name="Marisol Ruiz", in_program=True), ClientFactory(chosen_name="Ana Ruiz")
    CareAssignmentFactory(episode=mine.episodes.get(), staff_member=grace, since=SINCE.date())
    opening(
        grace, ClientFactory(account=grace.account), verb="opened my.today"
    )  # was in the program, and works here now
    opening(grace, mine)
    opening(grace, mine, other)
    opening(grace, other, verb="client.change_name")
    trail.record(
        actor=f"account:{account_with('client').pk}",
        roles=["client"],
        verb="opened my.today",
        subjects=[f"client:{other.pk}"],
    )
    assert "Nothing stands out" in told(desk.get(PAGE))


def test_very_many_in_an_hour_are_counted_and_the_page_names_whom_it_shows(desk):
    grace = StaffMemberFactory(account__roles=["front_desk"], account__chosen_name="Grace Tan")
    for n in range(30):
        opening(grace, ClientFactory(chosen_name=f"Ana Lima{n}"))
    page = told(desk.get(f"{PAGE}?days=30"))
    assert "30 records" in page
    assert "Very many in an hour" in page
    assert desk.get(f"{PAGE}?days=nonsense").status_code == 200


def test_somebody_whose_record_is_closed_to_the_reader_is_left_out_and_the_others_stand(client, clock_at):
    clock_at(SINCE)
    load_pomona()
    guardian = StaffMemberFactory(account__roles=["program_administrator"]).account
    grace = StaffMemberFactory(account__roles=["front_desk"], account__chosen_name="Grace Ruiz")
    closed = ClientFactory(chosen_name="Marisol Ruiz", in_program=True)
    opening(grace, closed)
    opening(grace, ClientFactory(chosen_name="Ana Ruiz", in_program=True))
    for n in range(29):
        opening(grace, ClientFactory(chosen_name=f"Teo Lima{n}", in_program=True))
    keep_out(by=actor("clinical_director"), client=closed, account=guardian)
    answer = sign_in(client, guardian).get(PAGE)
    assert answer.status_code == 200
    assert "Ana Ruiz" in told(answer)
    assert "31 records" in told(answer)
    assert "Marisol" not in told(answer)
    assert f"client:{closed.pk}" not in AuditEvent.objects.filter(verb="opened audit.stand_out").get().subjects


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_as_many_statements_for_one_as_for_thirty(desk, number, statements):
    for n in range(number):
        grace = StaffMemberFactory(account__roles=["front_desk"], account__chosen_name=f"Grace Ruiz{n}")
        opening(grace, ClientFactory(chosen_name=f"Ana Ruiz{n}", in_program=True))
    desk.get(PAGE)
    with statements() as seen:
        page = told(desk.get(PAGE))
    assert page.count("The same family name") == number
    assert len(seen) == 9


@pytest.mark.parametrize("role", ["front_desk", "counselor", "biller"])
def test_others_do_not_see_it(client, role, clock_at):
    clock_at(SINCE)
    load_pomona()
    sign_in(client, account_with(role))
    assert client.get(PAGE).status_code == 403
