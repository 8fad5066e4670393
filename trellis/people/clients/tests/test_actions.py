from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.trail import about
from trellis.foundation.record.guard import writing
from trellis.people.accounts import actions as accounts
from trellis.people.accounts.models import Account
from trellis.people.clients import actions, queries
from trellis.people.clients.models import CareAssignment, Client, Episode, LegalName
from trellis.people.clients.tests.factories import (
    AccountFactory,
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    LegalNameFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake() -> Actor:
    return actor("intake_coordinator")


@pytest.fixture
def director() -> Actor:
    return actor("clinical_director")


class TestRegister:
    def test_a_new_client_is_found_by_name_and_the_trail_names_them(self, intake):
        client = actions.register_client(by=intake, chosen_name=" Tomás   García ", pronouns="he/him", language="es")
        assert client.chosen_name == "Tomás García"
        assert queries.find_clients("garcia").clients == (client,)
        assert [event.verb for event in about(f"client:{client.pk}")] == ["client.register"]

    def test_a_legal_name_may_come_along(self, intake):
        client = actions.register_client(by=intake, chosen_name="Tomás", legal_given="Tomasa", legal_family="García")
        assert queries.legal_names(client)[0].given == "Tomasa"

    def test_somebody_without_a_name_is_refused(self, intake):
        with pytest.raises(Refused, match="Write the name"):
            actions.register_client(by=intake, chosen_name="  ")

    def test_nobody_is_born_in_the_future(self, intake):
        with pytest.raises(Refused, match="lies ahead"):
            actions.register_client(by=intake, chosen_name="Ana", born_on=date(2090, 1, 1))

    @pytest.mark.parametrize("role", ["biller", "group_facilitator", "client"])
    def test_other_roles_may_not(self, role):
        with pytest.raises(NotPermitted):
            actions.register_client(by=actor(role), chosen_name="Ana")
        assert not Client.objects.exists()


class TestNames:
    def test_a_changed_name_is_found_and_the_old_one_is_not(self, intake):
        client = ClientFactory(chosen_name="Maria Ruiz")
        actions.change_name(by=intake, client=client, chosen_name="Marco Ruiz", pronouns="he/him")
        assert queries.find_clients("marco").clients == (client,)
        assert queries.find_clients("maria ruiz").clients == ()

    def test_their_sign_in_shows_the_new_name_too(self, intake):
        client = ClientFactory(with_account=True)
        actions.change_name(by=intake, client=client, chosen_name="Marco Ruiz", pronouns="he/him")
        assert Account.objects.get(pk=client.account_id).chosen_name == "Marco Ruiz"

    def test_a_client_who_changes_their_own_details_changes_the_record(self):
        client = ClientFactory(with_account=True)
        accounts.change_details(
            by=actor_of(client.account),
            account=client.account,
            chosen_name="Marco Ruiz",
            pronouns="he/him",
            language="es",
        )
        client.refresh_from_db()
        assert (client.chosen_name, client.search_name) == ("Marco Ruiz", "marco ruiz")

    def test_staff_who_change_their_own_details_change_no_client(self):
        member = StaffMemberFactory(account__roles=["counselor"])
        accounts.change_details(
            by=actor_of(member.account), account=member.account, chosen_name="Dana", pronouns="", language="en"
        )
        assert not Client.objects.exists()

    def test_a_client_may_change_only_their_own(self):
        own, other = ClientFactory(with_account=True), ClientFactory()
        by = actor_of(own.account)
        actions.change_name(by=by, client=own, chosen_name="Marco", pronouns="")
        with pytest.raises(NotPermitted):
            actions.change_name(by=by, client=other, chosen_name="Marco", pronouns="")

    def test_legal_names_are_dated_and_never_overwritten(self, director):
        client = LegalNameFactory(given="Maria", since=date(2020, 1, 1)).client
        actions.record_legal_name(by=director, client=client, given="Marco", family="Ruiz", since=date(2026, 5, 1))
        assert queries.legal_name_on(client, date(2026, 4, 30)).given == "Maria"
        assert queries.legal_name_on(client, date(2026, 5, 1)).given == "Marco"
        with writing("test"), transaction.atomic(), pytest.raises(DatabaseError, match="append-only"):
            LegalName.objects.update(given="X")

    def test_the_desk_does_not_write_legal_names(self):
        with pytest.raises(NotPermitted):
            actions.record_legal_name(
                by=actor("front_desk"), client=ClientFactory(), given="A", family="B", since=date(2026, 5, 1)
            )


class TestContact:
    def test_what_is_safe_changes_at_once(self):
        client = ClientFactory()
        actions.change_contact(
            by=actor("front_desk"), client=client, telephone="", email="", may_leave_message=False, may_text=False,
            safe_times="Only in person", safe_word=" Jacaranda ", language="es",
        )  # fmt: skip
        client.refresh_from_db()
        assert (client.telephone, client.safe_times, client.language) == ("", "Only in person", "es")

    def test_the_word_for_calls_lies_sealed(self):
        self.test_what_is_safe_changes_at_once()
        client = Client.objects.get()
        assert client.safe_word == "Jacaranda"
        assert "acaranda" not in str(Client.objects.values().get())


class TestEpisodes:
    def test_a_person_is_in_the_program_once_at_a_time(self, director):
        client = ClientFactory()
        actions.open_episode(by=director, client=client, level="2.1", opened_on=date(2026, 11, 2))
        with pytest.raises(Refused, match="in the program already"):
            actions.open_episode(by=director, client=client, level="2.1", opened_on=date(2026, 11, 3))
        with writing("test"), transaction.atomic(), pytest.raises(IntegrityError):
            EpisodeFactory(client=client)

    def test_coming_back_is_a_new_episode(self, director):
        old = EpisodeFactory(closed=True)
        new = actions.open_episode(by=director, client=old.client, level="2.1", opened_on=date(2026, 11, 20))
        assert [e.pk for e in queries.episodes_of(old.client)] == [new.pk, old.pk]

    def test_closing_ends_the_care_team(self, director):
        assignment = CareAssignmentFactory()
        actions.close_episode(by=director, episode=assignment.episode, closed_on=date(2026, 11, 20), reason="completed")
        assignment.refresh_from_db()
        assert assignment.until == date(2026, 11, 20)
        assert queries.open_episode(assignment.episode.client) is None

    def test_a_closed_one_is_not_closed_again(self, director):
        with pytest.raises(Refused, match="closed already"):
            actions.close_episode(
                by=director, episode=EpisodeFactory(closed=True), closed_on=date(2026, 11, 20), reason="moved"
            )

    def test_none_ends_before_it_began(self, director):
        with pytest.raises(Refused, match="before it began"):
            actions.close_episode(by=director, episode=EpisodeFactory(), closed_on=date(2026, 1, 1), reason="moved")

    def test_a_therapist_closes_only_their_own_clients_stay(self):
        member = StaffMemberFactory(account__roles=["therapist"])
        mine = CareAssignmentFactory(staff_member=member).episode
        by = actor_of(member.account)
        with pytest.raises(NotPermitted):
            actions.close_episode(by=by, episode=EpisodeFactory(), closed_on=date(2026, 11, 20), reason="moved")
        assert (
            actions.close_episode(by=by, episode=mine, closed_on=date(2026, 11, 20), reason="moved").status == "closed"
        )


class TestCareTeam:
    def test_being_put_on_it_twice_is_being_on_it_once(self, director):
        episode, member = EpisodeFactory(), StaffMemberFactory(account__roles=["counselor"])
        for day in (2, 3):
            actions.assign(by=director, episode=episode, staff_member=member, since=date(2026, 11, day))
        assert CareAssignment.objects.get().since == date(2026, 11, 2)

    def test_leaving_it_ends_the_sight_of_the_record(self, director):
        assignment = CareAssignmentFactory(staff_member__account__roles=["counselor"])
        by = actor_of(assignment.staff_member.account)
        client = assignment.episode.client
        actions.change_name(by=by, client=client, chosen_name="Ana", pronouns="")
        actions.unassign(
            by=director, episode=assignment.episode, staff_member=assignment.staff_member, until=date(2026, 11, 3)
        )
        with pytest.raises(NotPermitted):
            actions.change_name(by=by, client=client, chosen_name="Eva", pronouns="")

    def test_who_is_not_on_it_cannot_leave(self, director):
        with pytest.raises(Refused, match="not on the care team"):
            actions.unassign(
                by=director, episode=EpisodeFactory(), staff_member=StaffMemberFactory(), until=date(2026, 11, 3)
            )

    def test_nobody_joins_the_team_of_a_closed_stay(self, director):
        with pytest.raises(Refused, match="closed already"):
            actions.assign(
                by=director,
                episode=EpisodeFactory(closed=True),
                staff_member=StaffMemberFactory(),
                since=date(2026, 11, 3),
            )


class TestSignIn:
    def test_an_accepted_invitation_opens_the_record(self, intake):
        client = ClientFactory()
        invitation, _link = accounts.invite_client(by=intake, about=f"client:{client.pk}", chosen_name="Marisol Ruiz")
        account = accounts.accept(
            by=Actor(), invitation=invitation, chosen_name="Marisol Ruiz", pronouns="", language="en", hashed="!",
            username="blue.river7",
        )  # fmt: skip
        assert queries.client_of(account.pk) == client

    def test_nobody_gets_a_second_sign_in(self):
        client = ClientFactory(with_account=True)
        with pytest.raises(Refused, match="has a sign-in already"):
            actions.link_account(by=actor("front_desk"), client=client, account=AccountFactory())

    def test_one_sign_in_opens_one_record(self):
        account = ClientFactory(with_account=True).account
        with pytest.raises(Refused, match="belongs to somebody else"):
            actions.link_account(by=actor("front_desk"), client=ClientFactory(), account=account)

    def test_linking_again_changes_nothing(self):
        client = ClientFactory(with_account=True)
        assert actions.link_account(by=actor("front_desk"), client=client, account=client.account) == client


def test_the_database_holds_that_a_closed_stay_says_when_and_why():
    episode = EpisodeFactory()
    with writing("test"), transaction.atomic(), pytest.raises(IntegrityError):
        Episode.objects.filter(pk=episode.pk).update(status="closed")
