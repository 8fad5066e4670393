from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record import crypto
from trellis.people.clients import panels
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import (
    SINCE,
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    LegalNameFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def as_role(client):
    """A browser in which somebody who works here in this role is signed in."""

    def open_as(role):
        member = StaffMemberFactory(account__roles=[role], account__chosen_name="Dana Cole")
        sign_in(client, member.account)
        client.member = member
        return client

    return open_as


def text(response):
    return " ".join(response.content.decode().split())


def looked_for(browser, query):
    return browser.post(reverse("clients:find"), query) if query else browser.get(reverse("clients:find"))


class TestFind:
    def test_the_list_shows_who_is_in_the_program_and_the_trail_packs_them_in_one_event(self, as_role):
        here, gone = ClientFactory(chosen_name="Tomás García", in_program=True), ClientFactory(chosen_name="Ana Gil")
        page = text(as_role("front_desk").get(reverse("clients:find")))
        assert f'href="{address(here)}">Tomás García' in page
        assert "Ana Gil" not in page
        event = AuditEvent.objects.get(verb="opened client.find")
        assert event.subjects == [f"client:{here.pk}"] != [f"client:{gone.pk}"]

    def test_a_name_is_sent_without_standing_in_the_address(self, as_role):
        ClientFactory(chosen_name="Tomás García")
        response = as_role("front_desk").post(reverse("clients:find"), {"q": "garcia"})
        assert "Tomás García" in text(response)
        assert 'method="post"' in text(response)

    def test_a_name_in_the_address_is_not_looked_for(self, as_role):
        ClientFactory(chosen_name="Tomás García")
        response = as_role("front_desk").get(reverse("clients:find"), {"q": "garcia"})
        assert "Tomás García" not in text(response)
        assert not AuditEvent.objects.filter(verb="opened client.find").exists()

    def test_while_typing_only_the_answer_comes_back(self, as_role):
        ClientFactory(chosen_name="Tomás García")
        response = as_role("front_desk").post(reverse("clients:find"), {"q": "gar"}, headers={"HX-Request": "true"})
        assert "Tomás García" in text(response)
        assert "<html" not in text(response)

    def test_a_slip_is_said_to_be_one(self, as_role):
        ClientFactory(chosen_name="Tomás García")
        assert "These names come near" in text(as_role("biller").post(reverse("clients:find"), {"q": "garsia"}))

    def test_nobody_found_says_what_to_do(self, as_role):
        page = text(as_role("front_desk").post(reverse("clients:find"), {"q": "zzzzz"}))
        assert "Try a shorter part of the name" in page
        assert not AuditEvent.objects.filter(verb="opened client.find").exists()

    def test_many_are_found_with_a_hint_to_write_more(self, as_role):
        for _ in range(25):
            ClientFactory(chosen_name="Lupe Vega")
        assert "Write more of the name" in text(as_role("front_desk").post(reverse("clients:find"), {"q": "lupe"}))

    def test_a_counselor_finds_only_their_own(self, as_role):
        browser = as_role("counselor")
        mine = CareAssignmentFactory(staff_member=browser.member, episode__client__chosen_name="Tomás García")
        ClientFactory(chosen_name="Teresa García", in_program=True)
        page = text(browser.post(reverse("clients:find"), {"q": "garcia"}))
        assert mine.episode.client.chosen_name in page
        assert "Teresa" not in page

    def test_an_empty_list_says_why(self, as_role):
        assert "Nobody is on your list yet" in text(as_role("counselor").get(reverse("clients:find")))

    def test_whatever_a_name_holds_is_text(self, as_role):
        client = ClientFactory(chosen_name="<script>alert('x')</script>", pronouns="<b>", in_program=True)
        for query in ({}, {"q": "script"}):
            page = text(looked_for(as_role("front_desk"), query))
            assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;</a>" in page
            assert f'<a href="{address(client)}">' in page
            assert "&lt;b&gt;</p>" in page
            assert "<script>alert" not in page

    @pytest.mark.parametrize("query", [{}, {"q": "lupe"}])
    def test_thirty_rows_take_as_many_statements_as_one(self, as_role, statements, query):
        browser = as_role("front_desk")
        ClientFactory(chosen_name="Lupe Vega", in_program=True)
        browser.get(reverse("clients:find"))
        with statements() as one:
            looked_for(browser, query)
        for _ in range(29):
            ClientFactory(chosen_name="Lupe Vega", in_program=True)
        with statements() as thirty:
            looked_for(browser, query)
        assert len(thirty) <= len(one)

    def test_a_client_may_not_look_for_others(self, client):
        sign_in(client, ClientFactory(with_account=True).account)
        assert client.get(reverse("clients:find")).status_code == 403


class TestClientPage:
    def test_it_shows_name_pronouns_safe_contact_and_care_team(self, as_role):
        assignment = CareAssignmentFactory(
            staff_member__account__chosen_name="Luis Ortega",
            episode__client__safe_times="After six, never at work",
            episode__client__safe_word_sealed=crypto.seal("Jacaranda"),
        )
        page = text(as_role("front_desk").get(address(assignment.episode.client)))
        for shown in (
            "Marisol Ruiz",
            "she/her",
            "After six, never at work",
            "Jacaranda",
            "Luis Ortega",
            "(909) 555-0142",
        ):
            assert shown in page

    def test_every_opening_is_one_event(self, as_role):
        client = ClientFactory()
        browser = as_role("front_desk")
        browser.get(address(client))
        browser.get(address(client))
        events = AuditEvent.objects.filter(verb="opened client.read")
        assert [event.subjects for event in events] == [[f"client:{client.pk}"]] * 2

    def test_somebody_elses_client_and_no_client_get_the_same_answer(self, as_role):
        browser = as_role("counselor")
        other = browser.get(address(ClientFactory(in_program=True)))
        none = browser.get(reverse("clients:client", args=["0000000000000000"]))
        assert other.status_code == none.status_code == 404

    def test_the_care_team_opens_it(self, as_role):
        browser = as_role("counselor")
        mine = CareAssignmentFactory(staff_member=browser.member)
        assert browser.get(address(mine.episode.client)).status_code == 200

    def test_the_legal_name_is_not_on_it(self, as_role):
        client = LegalNameFactory(given="Mariana", family="Vega").client
        page = text(as_role("clinical_director").get(address(client)))
        assert "Mariana" not in page
        assert reverse("clients:legal_name", args=[client.public_id]) in page
        assert "legal-name" not in text(as_role("front_desk").get(address(client)))

    def test_a_closed_stay_says_how_it_ended(self, as_role):
        page = text(as_role("biller").get(address(EpisodeFactory(closed=True).client)))
        assert "Not in the program now" in page
        assert "Finished the program" in page

    def test_later_rooms_add_their_part(self, as_role, monkeypatch):
        monkeypatch.setattr(panels, "_panels", {})
        panels.register("b", "Second", lambda request, client: "two", order=2)
        panels.register("a", "First", lambda request, client: f"one {client.first_name}", order=1)
        panels.register("c", "Third", lambda request, client: None, order=3)
        panels.register("d", "Apart", lambda request, client: "four", order=0, group=panels.Group.RECORD)
        page = text(as_role("biller").get(address(ClientFactory())))
        assert page.index("one Marisol") < page.index("two") < page.index("What we know") < page.index("four")
        assert "Practical things" not in page
        assert "Third" not in page

    def test_in_spanish_every_word_is_spanish(self, as_role):
        browser = as_role("front_desk")
        with translation.override("es"):
            page = text(browser.get(address(ClientFactory())))
        assert "Equipo de atención" in page
        assert "Care team" not in page


def address(client, page="client"):
    return reverse(f"clients:{page}", args=[client.public_id])


class TestEdit:
    def test_a_new_name_is_shown_everywhere(self, as_role):
        client = ClientFactory()
        response = as_role("intake_coordinator").post(
            address(client, "name"), {"chosen_name": "Marco Ruiz", "pronouns": "he/him"}, follow=True
        )
        assert "Marco Ruiz" in text(response)

    def test_no_name_is_refused_and_nothing_typed_is_lost(self, as_role):
        client = ClientFactory()
        response = as_role("front_desk").post(address(client, "name"), {"chosen_name": " ", "pronouns": "they/them"})
        assert "they/them" in text(response)
        assert Client.objects.get().chosen_name == client.chosen_name

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("909.555.0142", "(909) 555-0142"), ("+52 55 1234 5678", "+52 55 1234 5678"), ("", "")],
    )
    def test_a_number_is_read_as_people_write_it(self, as_role, typed, kept):
        client = ClientFactory()
        as_role("front_desk").post(address(client, "contact"), {"telephone": typed, "language": "es"})
        client.refresh_from_db()
        assert (client.telephone, client.language) == (kept, "es")

    @pytest.mark.parametrize("typed", ["call me", "123"])
    def test_what_is_no_number_is_said_and_stays(self, as_role, typed):
        page = text(
            as_role("front_desk").post(address(ClientFactory(), "contact"), {"telephone": typed, "language": "en"})
        )
        assert "area code" in page
        assert f'value="{typed}"' in page

    def test_a_text_needs_a_number(self, as_role):
        page = text(
            as_role("front_desk").post(address(ClientFactory(), "contact"), {"may_text": "on", "language": "en"})
        )
        assert "To send a text we need a number" in page

    def test_other_peoples_records_are_not_there(self, as_role):
        browser = as_role("group_facilitator")
        client = ClientFactory()
        for page in ("name", "contact"):
            assert browser.get(address(client, page)).status_code == 404


class TestLegalName:
    def test_opening_it_is_written_down_by_itself(self, as_role):
        client = LegalNameFactory(given="Mariana", family="Vega").client
        assert "Mariana Vega" in text(as_role("biller").get(address(client, "legal_name")))
        assert AuditEvent.objects.get(verb="opened client.open_legal_name").subjects == [f"client:{client.pk}"]

    def test_the_biller_reads_and_does_not_write(self, as_role):
        client = ClientFactory()
        browser = as_role("biller")
        assert "Write down a new one" not in text(browser.get(address(client, "legal_name")))
        typed = {"given": "A", "family": "B", "since": "2026-10-05"}
        assert browser.post(address(client, "legal_name"), typed).status_code == 403

    def test_the_administrator_writes_a_dated_one(self, as_role):
        client = ClientFactory()
        typed = {"given": "Marco", "family": "Ruiz", "since": "2026-10-05"}
        response = as_role("program_administrator").post(address(client, "legal_name"), typed, follow=True)
        assert "Marco Ruiz" in text(response)
        assert "Holds now" in text(response)

    def test_half_a_name_is_refused(self, as_role):
        response = as_role("program_administrator").post(
            address(ClientFactory(), "legal_name"), {"given": "Marco", "since": "2026-10-05"}
        )
        assert 'value="Marco"' in text(response)

    @pytest.mark.parametrize("role", ["front_desk", "counselor", "group_facilitator", "intake_coordinator"])
    def test_the_others_do_not_open_it(self, as_role, role):
        assert as_role(role).get(address(ClientFactory(), "legal_name")).status_code == 403


class TestTeam:
    def test_somebody_joins_and_leaves(self, as_role):
        episode = EpisodeFactory()
        luis = StaffMemberFactory(account__roles=["counselor"], account__chosen_name="Luis Ortega")
        browser = as_role("clinical_director")
        page = text(browser.post(address(episode.client, "team"), {"staff_member": luis.public_id}, follow=True))
        assert "Luis Ortega is on the care team" in page
        leave = reverse("clients:leave_team", args=[episode.client.public_id, luis.public_id])
        assert leave in page
        assert "Luis Ortega left the care team" in text(browser.post(leave, follow=True))
        assert "not on the care team" in text(browser.post(leave, follow=True))

    def test_whoever_does_not_treat_cannot_be_put_on_it(self, as_role):
        episode = EpisodeFactory()
        biller = StaffMemberFactory(account__roles=["biller"])
        response = as_role("clinical_director").post(
            address(episode.client, "team"), {"staff_member": biller.public_id}
        )
        assert response.status_code == 200
        assert not episode.assignments.exists()

    def test_outside_the_program_there_is_none(self, as_role):
        client = EpisodeFactory(closed=True, opened_on=date(2026, 9, 1), closed_on=date(2026, 10, 1)).client
        browser = as_role("clinical_director")
        assert "Admit the person first" in text(browser.get(address(client, "team")))
        luis = StaffMemberFactory(account__roles=["counselor"])
        response = browser.post(address(client, "team"), {"staff_member": luis.public_id})
        assert "Admit the person first" in text(response)
