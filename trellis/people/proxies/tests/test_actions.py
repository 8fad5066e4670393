"""Letting somebody in, coming in by the link, ending it; and who may do what for whom from then on."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from trellis.foundation import clock
from trellis.foundation.access import policy
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused, may
from trellis.foundation.access.policy import ACTS_FOR
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record.guard import writing
from trellis.people.accounts.models import Account, Invitation
from trellis.people.accounts.queries import roles_of
from trellis.people.clients.tests.factories import AccountFactory, ClientFactory, actor, actor_of
from trellis.people.consent.actions import revoke, set_standing
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.completing import Signature
from trellis.people.consent.rules.words import Information, Signer, Who
from trellis.people.consent.tests.factories import signed, terms
from trellis.people.proxies import actions, queries
from trellis.people.proxies.actions import Paper
from trellis.people.proxies.models import ProxyAccess, ProxyEnd
from trellis.people.proxies.rules import Basis, No, Part
from trellis.people.proxies.tests.factories import SISTER, acting, enters, lets_in, takes_up

pytestmark = pytest.mark.django_db
VERBS = {"proxy.open", "proxy.week", "proxy.tell", "proxy.record", "proxy.ask"}


def stands(client, **changed):
    given = {
        "deceased": False, "minor_consented_alone": False, "guardian_appointed": False, "restricted": (), **changed
    }  # fmt: skip
    return set_standing(by=actor("clinical_director"), client=client, **given)


def open_to(account, client):
    return {verb for verb in VERBS if may(actor_of(account), verb, client)}


class TestByTheClient:
    def test_whoever_has_the_link_comes_in_and_may_what_was_given(self, marisol):
        account, access = acting(marisol, parts=[Part.ASK, Part.WEEK])
        assert roles_of(account) == {"loved_one"}
        assert open_to(account, marisol) == {"proxy.open", "proxy.week", "proxy.ask"}
        assert access.parts == ["week", "ask"]
        assert not may(actor_of(account), "proxy.open", ClientFactory())

    def test_the_link_is_good_once_and_is_sent_to_nobody(self, marisol):
        made = lets_in(marisol)
        takes_up(made)
        with pytest.raises(AssertionError):
            takes_up(made)
        assert Invitation.objects.get().email == ""

    def test_before_the_link_is_opened_nobody_may_anything(self, marisol):
        lets_in(marisol)
        assert queries.everybody_of(None) == []
        assert open_to(AccountFactory(roles=["loved_one"], chosen_name=SISTER), marisol) == set()

    def test_a_namesake_who_has_a_sign_in_gets_nothing(self, marisol):
        acting(marisol)
        assert open_to(AccountFactory(roles=["loved_one"], chosen_name=SISTER), marisol) == set()

    def test_without_a_consent_nobody_is_let_in(self, marisol):
        with pytest.raises(Refused, match="No consent that holds now names this person"):
            lets_in(marisol, consent=False)
        assert not ProxyAccess.objects.exists()
        assert not Invitation.objects.exists()

    def test_a_part_beyond_the_consent_is_refused(self, marisol):
        signed(marisol, terms(information=(Information.PRESENCE,)))
        with pytest.raises(Refused, match="does not go so far"):
            lets_in(marisol, consent=False, parts=[Part.WEEK])

    def test_taking_the_consent_back_ends_it_at_once(self, marisol):
        account, _access = acting(marisol)
        revoke(by=actor_of(marisol.account), consent=marisol.consents.get(), how="portal")
        assert open_to(account, marisol) == set()
        assert queries.everybody_of(account.pk) == []
        assert [one.why for one in queries.of_client(marisol)] == [No.NO_CONSENT]

    def test_the_consent_ends_by_itself_and_it_with_it(self, marisol, clock_at):
        account, _access = acting(marisol)
        clock_at(clock.now() + timedelta(days=366))
        assert open_to(account, marisol) == set()

    def test_the_client_ends_it_with_one_act(self, marisol):
        account, access = acting(marisol)
        actions.end(by=actor_of(marisol.account), access=access)
        actions.end(by=actor_of(marisol.account), access=access)
        assert ProxyEnd.objects.count() == 1
        assert open_to(account, marisol) == set()
        assert [one.why for one in queries.of_client(marisol)] == [No.ENDED]

    def test_a_link_opened_after_the_end_opens_nothing(self, marisol):
        made = lets_in(marisol)
        actions.end(by=actor_of(marisol.account), access=made.access)
        before = Account.objects.count()
        with pytest.raises(Refused, match="It was ended"), transaction.atomic():
            takes_up(made)
        assert Account.objects.count() == before

    def test_the_day_that_was_said_is_the_last(self, marisol, clock_at):
        last = clock.now().date() + timedelta(days=10)
        account, _access = acting(marisol, until=last)
        clock_at(clock.now() + timedelta(days=10))
        assert open_to(account, marisol) == VERBS
        clock_at(clock.now() + timedelta(days=1))
        assert open_to(account, marisol) == set()
        assert [one.why for one in queries.of_client(marisol)] == [No.OVER]

    def test_whoever_is_not_to_be_told_any_more_gets_nothing(self, marisol):
        account, _access = acting(marisol)
        stands(marisol, restricted=(Recipient(Who.PERSON, SISTER),))
        assert open_to(account, marisol) == set()

    def test_whoever_is_kept_out_of_the_record_gets_nothing(self, marisol):
        account, _access = acting(marisol)
        with writing("test"):
            Account.objects.filter(pk=account.pk).update(kept_out=[f"client:{marisol.pk}"])
        assert open_to(account, marisol) == set()

    def test_a_sign_in_that_was_switched_off_opens_nothing(self, marisol):
        account, _access = acting(marisol)
        with writing("test"):
            Account.objects.filter(pk=account.pk).update(is_active=False)
        assert open_to(account, marisol) == set()

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [({"parts": []}, "Choose at least one thing"), ({"until": date(2020, 1, 1)}, "This day is over"),
         ({"name": " "}, "Write the full name")],
    )  # fmt: skip
    def test_what_is_missing_is_said(self, marisol, changed, sentence):
        with pytest.raises(Refused, match=sentence):
            lets_in(marisol, **changed)

    def test_nobody_is_let_in_twice_at_a_time(self, marisol):
        made = lets_in(marisol)
        with pytest.raises(Refused, match="Ana Ruiz has this already"):
            lets_in(marisol, consent=False)
        actions.end(by=actor_of(marisol.account), access=made.access)
        lets_in(marisol, consent=False)

    def test_only_the_client_lets_in(self, marisol):
        signed(marisol)
        for by in (actor("clinical_director"), actor_of(ClientFactory(with_account=True).account)):
            with pytest.raises(NotPermitted):
                actions.let_in(by=by, client=marisol, name=SISTER, parts=[Part.WEEK])

    def test_it_is_in_the_trail_about_the_client(self, marisol):
        _account, access = acting(marisol)
        actions.end(by=actor_of(marisol.account), access=access)
        about = AuditEvent.objects.filter(subjects__icontains=f'"client:{marisol.pk}"')
        assert {"proxy.let_in", "account.invite_to_act", "proxy.take_up", "proxy.end"} <= set(
            about.values_list("verb", flat=True)
        )


class TestNeverMore:
    def test_the_table_gives_them_these_verbs_and_no_other(self):
        """No signing, no password of the client's, no closing of the record, no letting in of others."""
        given = {row.verb: row.relation for row in policy.rows() if row.role == "loved_one"}
        assert given == {
            "family.open": "any", "proxy.list": ACTS_FOR, "proxy.open": ACTS_FOR, "disclosure.show": ACTS_FOR,
            "proxy.week": "acts_for_week", "proxy.record": "acts_for_record", "proxy.ask": "acts_for_ask",
            "rights.ask": "acts_for_ask", "proxy.tell": "acts_for_tell", "schedule.notify": "acts_for_tell",
        }  # fmt: skip

    def test_one_access_gives_nothing_of_another(self, marisol):
        account, access = acting(marisol, parts=[Part.WEEK])
        signed(marisol, terms(recipients=(Recipient(Who.PERSON, "Jorge Reyes"),)))
        other = lets_in(marisol, consent=False, name="Jorge Reyes", parts=[Part.RECORD])
        second = takes_up(other)
        assert open_to(second, marisol) == {"proxy.open", "proxy.record"}
        assert open_to(account, other.access) == set()
        assert open_to(account, access) == {"proxy.open", "proxy.week"}


class TestRepresentatives:
    def test_a_guardian_with_the_paper_acts_without_a_consent(self, marisol):
        stands(marisol, guardian_appointed=True)
        made = enters(marisol, Basis.GUARDIAN)
        account = takes_up(made)
        assert open_to(account, marisol) == VERBS
        actions.end(by=actor("program_administrator"), access=made.access)
        assert open_to(account, marisol) == set()

    def test_a_guardianship_that_is_over_opens_nothing(self, marisol):
        stands(marisol, guardian_appointed=True)
        account = takes_up(enters(marisol, Basis.GUARDIAN))
        stands(marisol)
        assert open_to(account, marisol) == set()
        assert [one.why for one in queries.of_client(marisol)] == [No.NO_GUARDIAN]

    def test_the_client_does_not_end_what_a_court_gave(self, marisol):
        stands(marisol, guardian_appointed=True)
        made = enters(marisol, Basis.GUARDIAN)
        with pytest.raises(Refused, match="A court or the law gave them this"):
            actions.end(by=actor_of(marisol.account), access=made.access)

    def test_nobody_becomes_a_guardian_before_it_is_written_down(self, marisol):
        with pytest.raises(Refused, match="No guardian is appointed"):
            enters(marisol, Basis.GUARDIAN)

    def test_the_next_of_kin_steps_back_for_an_executor(self, marisol):
        stands(marisol, deceased=True)
        kin = takes_up(enters(marisol, Basis.NEXT_OF_KIN))
        assert open_to(kin, marisol) == VERBS
        executor = enters(marisol, Basis.EXECUTOR, name="Luis Vega")
        assert open_to(kin, marisol) == set()
        assert open_to(takes_up(executor), marisol) == VERBS
        actions.end(by=actor("medical_director"), access=executor.access)
        assert open_to(kin, marisol) == VERBS

    def test_a_parent_needs_what_both_signed(self, marisol):
        with writing("test"):
            type(marisol).objects.filter(pk=marisol.pk).update(born_on=date(2012, 3, 1))
        with pytest.raises(Refused, match="No consent that holds now"):
            enters(marisol, Basis.PARENT, name=SISTER)
        signed(marisol, signature=Signature(Signer.CLIENT_AND_PARENT, "Marisol Ruiz", SISTER))
        assert open_to(takes_up(enters(marisol, Basis.PARENT, name=SISTER)), marisol) == VERBS
        stands(marisol, minor_consented_alone=True)
        assert [one.why for one in queries.of_client(marisol)] == [No.CONSENTED_ALONE]

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"paper": Paper(" ", "Court", date(2026, 9, 1))}, "Write which paper"),
            ({"paper": Paper("Letters", "", date(2026, 9, 1))}, "Write which paper"),
            ({"paper": Paper("Letters", "Court", date(2027, 9, 1))}, "lies ahead"),
            ({"until": date(2027, 12, 1)}, "within a year"),
            ({"until": date(2026, 1, 1)}, "This day is over"),
        ],
    )
    def test_the_paper_and_the_end_are_asked_for(self, marisol, changed, sentence):
        stands(marisol, guardian_appointed=True)
        with pytest.raises(Refused, match=sentence):
            enters(marisol, Basis.GUARDIAN, **changed)

    @pytest.mark.parametrize("role", ["front_desk", "counselor", "intake_coordinator"])
    def test_only_those_who_guard_privacy_enter_one(self, marisol, role):
        with pytest.raises(NotPermitted):
            enters(marisol, Basis.GUARDIAN, by=actor(role))

    def test_the_clients_own_word_is_no_paper(self, marisol):
        with pytest.raises(ValueError, match="consent"):
            enters(marisol, Basis.CONSENT)

    def test_the_database_asks_for_the_paper_too(self, marisol):
        with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
            ProxyAccess.objects.create(
                client=marisol, name="X", basis="guardian", parts=["week"], at=clock.now(), by="account:1"
            )


class TestStatements:
    def lets_in_many(self, account, number):
        for _ in range(number):
            client = ClientFactory(in_program=True, with_account=True)
            actions.take_up(by=Actor.of_system("test"), access=lets_in(client).access, account=account)

    def test_for_thirty_it_asks_as_often_as_for_one(self, program, statements):
        account = AccountFactory(roles=["loved_one"])
        self.lets_in_many(account, 1)
        with statements() as one:
            assert len(queries.everybody_of(account.pk)) == 1
        self.lets_in_many(account, 29)
        with statements() as thirty:
            assert len(queries.everybody_of(account.pk)) == 30
        assert len(thirty) == len(one) == 5  # one of them reads the program

    def test_of_a_client_with_thirty_it_asks_no_more(self, marisol, statements):
        account, access = acting(marisol)
        actions.end(by=actor_of(marisol.account), access=access)
        for _ in range(29):
            actions.end(by=actor_of(marisol.account), access=lets_in(marisol, consent=False).access)
        with statements() as seen:
            assert len(queries.of_client(marisol)) == 30
        assert len(seen) == 3  # one of them reads the program
        with statements() as seen:
            assert queries.of_account(account.pk + 1000, marisol.pk) == []
        assert len(seen) == 1
