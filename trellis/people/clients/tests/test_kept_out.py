"""Not my cousin: who works here and does not see a client's record."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused, may, shown_to
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.models import Account
from trellis.people.clients import actions as clients
from trellis.people.clients import queries
from trellis.people.clients.emergency.actions import open_in_emergency
from trellis.people.clients.kept_out import actions
from trellis.people.clients.kept_out import queries as kept_out
from trellis.people.clients.models import KeptOut
from trellis.people.clients.tests.factories import (
    SINCE,
    AccountFactory,
    CareAssignmentFactory,
    ClientFactory,
    KeptOutFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def marisol():
    account = AccountFactory(roles=["client"])
    return ClientFactory(chosen_name="Marisol Peña", account=account, born_on=date(1992, 3, 14), in_program=True)


@pytest.fixture
def other():
    return ClientFactory(chosen_name="Jonah Price", in_program=True)


@pytest.fixture
def cousin():
    return StaffMemberFactory(account__roles=["front_desk"], account__chosen_name="Rosa Peña").account


@pytest.fixture
def guardian():
    return StaffMemberFactory(account__roles=["program_administrator"], account__chosen_name="Helen Marsh")


def keep_out(client, account, by=None):
    return actions.keep_out(by=by or actor_of(client.account), client=client, account=account)


def main_of(response):
    return response.content.decode().partition("<main")[2]


class TestRule:
    def test_a_client_closes_their_record_and_whoever_is_kept_out_may_nothing_with_it(self, marisol, other, cousin):
        assert may(actor_of(cousin), "client.read", marisol)
        kept = keep_out(marisol, cousin)
        by = actor_of(cousin)
        assert (kept.why, kept.by) == ("asked", f"account:{marisol.account_id}")
        for verb in ("client.read", "client.change_contact", "client.find", "client.step_back"):
            assert not may(by, verb, marisol), verb
            assert may(by, verb, other), verb
            assert may(by, verb), "the page itself stays"
        assert may(actor("front_desk"), "client.read", marisol)
        assert shown_to(by, [marisol, other]) == [other]
        with pytest.raises(NotPermitted):
            clients.change_name(by=by, client=marisol, chosen_name="X", pronouns="")

    def test_asked_twice_it_is_done_once_and_taken_back_it_is_open(self, marisol, cousin, clock_at):
        kept = keep_out(marisol, cousin)
        assert keep_out(marisol, cousin) == kept
        clock_at(SINCE + timedelta(days=3))
        actions.let_in(by=actor_of(marisol.account), kept=kept)
        kept.refresh_from_db()
        assert (kept.until, kept.ended_by) == (SINCE + timedelta(days=3), f"account:{marisol.account_id}")
        assert may(actor_of(cousin), "client.read", marisol)
        with pytest.raises(Refused, match="open to them already"):
            actions.let_in(by=actor_of(marisol.account), kept=kept)

    def test_of_two_records_one_stays_closed(self, marisol, other, cousin, guardian):
        by = actor_of(guardian.account)
        first, _second = keep_out(marisol, cousin, by), keep_out(other, cousin, by)
        actions.let_in(by=by, kept=first)
        assert shown_to(actor_of(cousin), [marisol, other]) == [marisol]

    @pytest.mark.parametrize("role", ["client", "alumnus", "loved_one"])
    def test_only_people_who_work_here_are_kept_out(self, marisol, role):
        with pytest.raises(Refused, match="does not work here"):
            keep_out(marisol, AccountFactory(roles=[role], chosen_name="Jo Ray"))

    def test_nobody_is_kept_out_of_their_own_record(self, guardian):
        account = AccountFactory(roles=["client", "front_desk"])
        own = ClientFactory(account=account)
        with pytest.raises(Refused, match="their own record"):
            keep_out(own, account, actor_of(guardian.account))

    def test_another_clients_record_is_not_theirs_to_close(self, marisol, other, cousin):
        with pytest.raises(NotPermitted):
            keep_out(other, cousin, actor_of(marisol.account))
        with pytest.raises(NotPermitted):
            actions.let_in(by=actor_of(marisol.account), kept=KeptOutFactory(client=other))

    def test_the_care_team_changes_first(self, marisol, guardian):
        member = StaffMemberFactory(account__roles=["therapist"])
        episode = marisol.episodes.get()
        CareAssignmentFactory(episode=episode, staff_member=member)
        by = actor_of(guardian.account)
        with pytest.raises(Refused, match="on the care team"):
            keep_out(marisol, member.account)
        with pytest.raises(Refused, match="on the care team"):
            actions.step_back(by=actor_of(member.account), client=marisol)
        clients.unassign(by=by, episode=episode, staff_member=member, until=SINCE.date())
        keep_out(marisol, member.account)
        with pytest.raises(Refused, match="cannot join the care team"):
            clients.assign(by=by, episode=episode, staff_member=member, since=SINCE.date())

    def test_whoever_knows_a_client_closes_the_record_to_themselves_and_cannot_open_it(self, marisol, cousin, guardian):
        by = actor_of(cousin)
        kept = actions.step_back(by=by, client=marisol)
        assert (kept.account, kept.why) == (cousin, "knows")
        with pytest.raises(NotPermitted):
            actions.let_in(by=by, kept=kept)
        director = StaffMemberFactory(account__roles=["clinical_director"]).account
        own = actions.step_back(by=actor_of(director), client=marisol)
        with pytest.raises(NotPermitted):
            actions.let_in(by=actor_of(director), kept=own)
        actions.let_in(by=actor_of(guardian.account), kept=own)

    def test_a_life_in_danger_opens_it_for_an_hour_and_those_who_read_why_see_that_it_was_closed(
        self, marisol, guardian, clock_at, client
    ):
        member = StaffMemberFactory(account__roles=["counselor"]).account
        keep_out(marisol, member)
        by = actor_of(member)
        assert not may(by, "client.read", marisol)
        opening = open_in_emergency(
            by=by, name="Marisol Peña", born_on=marisol.born_on, why="life", words="She does not wake up."
        )
        assert may(by, "client.read", marisol)
        assert not may(by, "client.change_contact", marisol)
        page = sign_in(client, guardian.account).get(reverse("clients:emergency_one", args=[opening.public_id]))
        assert "This record was closed to them" in main_of(page)
        clock_at(SINCE + timedelta(hours=1))
        assert not may(by, "client.read", marisol)

    def test_the_database_holds_one_row_at_a_time_and_an_end_by_somebody(self, marisol, cousin):
        KeptOutFactory(client=marisol, account=cousin)
        for broken in ({}, {"until": SINCE}, {"until": SINCE - timedelta(days=1), "ended_by": "account:1"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                KeptOutFactory(client=marisol, account=cousin, **broken)

    def test_each_act_stands_in_the_trail_about_the_client(self, marisol, cousin):
        actions.let_in(by=actor_of(marisol.account), kept=keep_out(marisol, cousin))
        found = AuditEvent.objects.filter(verb__in=["client.keep_out", "client.let_in"]).values_list(
            "subjects", flat=True
        )
        assert list(found) == [[f"client:{marisol.pk}"]] * 2

    def test_an_account_says_it_with_itself_so_that_a_page_pays_no_statement(self, marisol, cousin, statements):
        keep_out(marisol, cousin)
        known = actor_of(cousin)
        with statements() as asked:
            assert not may(known, "client.read", marisol)
            assert kept_out.clients_kept_from(known) == [marisol.pk]
        assert len(asked) == 0


class TestLists:
    def test_they_are_in_no_list_and_no_search(self, marisol, other, cousin, client):
        keep_out(marisol, cousin)
        browser = sign_in(client, cousin)
        for page in (browser.get(reverse("clients:find")), browser.post(reverse("clients:find"), {"q": "Marisol"})):
            assert page.status_code == 200
            assert marisol.public_id not in main_of(page)
        assert other.public_id in main_of(browser.get(reverse("clients:find")))
        assert browser.get(reverse("clients:client", args=[marisol.public_id])).status_code == 404

    def test_a_name_leads_to_the_one_who_may_be_found(self, marisol, cousin):
        twin = ClientFactory(chosen_name="Marisol Ruiz", in_program=True)
        keep_out(marisol, cousin)
        assert queries.found_for(actor_of(cousin), "marisol").clients == (twin,)
        assert set(queries.found_for(actor("front_desk"), "marisol").clients) == {twin, marisol}


class TestPages:
    def test_those_who_guard_privacy_close_and_open_it(self, marisol, cousin, guardian, client):
        browser = sign_in(client, guardian.account)
        address = reverse("clients:keep_out", args=[marisol.public_id])
        assert "Nobody is kept out" in main_of(browser.get(address))
        answer = browser.post(address, {"staff_member": cousin.staff_member.public_id}, follow=True)
        assert "Rosa Peña" in main_of(answer)
        assert "Closed to 1 person" in main_of(browser.get(reverse("clients:client", args=[marisol.public_id])))
        kept = KeptOut.objects.get()
        browser.post(reverse("clients:let_in", args=[marisol.public_id, kept.public_id]))
        assert "Nobody is kept out" in main_of(browser.get(address))
        assert browser.post(reverse("clients:let_in", args=[marisol.public_id, kept.public_id])).status_code == 404

    def test_what_cannot_be_is_said_and_nothing_changes(self, marisol, guardian, client):
        member = StaffMemberFactory(account__roles=["therapist"], account__chosen_name="Dana Cole")
        CareAssignmentFactory(episode=marisol.episodes.get(), staff_member=member)
        browser = sign_in(client, guardian.account)
        address = reverse("clients:keep_out", args=[marisol.public_id])
        assert "Dana Cole is on the care team" in main_of(browser.post(address, {"staff_member": member.public_id}))
        assert "form-errors" in main_of(browser.post(address, {})) or "field-error" in main_of(
            browser.post(address, {})
        )
        assert not KeptOut.objects.exists()

    def test_the_team_page_says_why_somebody_cannot_join(self, marisol, guardian, client):
        member = StaffMemberFactory(account__roles=["therapist"], account__chosen_name="Dana Cole")
        keep_out(marisol, member.account)
        browser = sign_in(client, guardian.account)
        answer = browser.post(reverse("clients:team", args=[marisol.public_id]), {"staff_member": member.public_id})
        assert "closed to Dana Cole" in main_of(answer)

    def test_i_know_this_person(self, marisol, cousin, client):
        browser = sign_in(client, cousin)
        address = reverse("clients:step_back", args=[marisol.public_id])
        assert address in main_of(browser.get(reverse("clients:client", args=[marisol.public_id])))
        assert "Close this record to me" in main_of(browser.get(address))
        assert "Thank you for saying it" in browser.post(address, follow=True).content.decode()
        assert browser.get(address).status_code == 404

    def test_whoever_is_on_the_team_reads_what_comes_first(self, marisol, client):
        member = StaffMemberFactory(account__roles=["therapist"])
        CareAssignmentFactory(episode=marisol.episodes.get(), staff_member=member)
        browser = sign_in(client, member.account)
        answer = browser.post(reverse("clients:step_back", args=[marisol.public_id]), follow=True)
        assert "is on the care team" in answer.content.decode()
        assert not Account.objects.get(pk=member.account_id).kept_out
