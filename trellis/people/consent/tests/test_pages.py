"""The staff's pages: what may be shared, "may I?", and letting it go."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.access.actor import Actor
from trellis.foundation.audit.models import AuditEvent
from trellis.people.clients.tests.factories import (
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
)
from trellis.people.consent import actions
from trellis.people.consent.actions.gate import disclose
from trellis.people.consent.models import Disclosure, Standing
from trellis.people.consent.tests.factories import for_care, in_emergency, say, signed, terms
from trellis.people.consent.tests.papers import sent_letter
from trellis.people.consent.tests.reading import read_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]
US = Actor.of_system("test")


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def at(name, client, *more):
    return reverse(f"consent:{name}", args=[client.public_id, *more])


ASK = {
    "who": "person:Ana Ruiz", "name": "", "kind": "person", "purpose": "family_support", "information": ["attendance"],
    "address": "",
}  # fmt: skip


TELL = ASK | {"information": ["presence"], "step": "release", "how": "letter"}


class TestSharing:
    def test_at_a_glance_who_may_be_told_what_until_when(self, desk, marisol):
        signed(marisol)
        page = text(desk.get(at("sharing", marisol)))
        assert "Ana Ruiz" in page
        assert "that the person is or was in this program and the days and hours they came" in page
        assert "Until Oct. 4, 2027" in page or "Until 10/04/2027" in page or "Until Oct. 5, 2027" in page

    def test_where_nothing_was_signed_the_answer_is_no(self, desk, marisol):
        assert "Nothing may be shared yet" in text(desk.get(at("sharing", marisol)))

    def test_what_no_longer_holds_says_why(self, desk, marisol):
        actions.revoke(by=US, consent=signed(marisol), how="voice")
        actions.report_fault(by=US, consent=signed(marisol, terms()), why="known_false")
        page = text(desk.get(at("sharing", marisol)))
        assert "The consent was taken back." in page
        assert "known to be false" in page

    def test_it_is_on_the_clients_page(self, desk, marisol):
        signed(marisol)
        page = text(desk.get(reverse("clients:client", args=[marisol.public_id])))
        assert "Ana Ruiz" in page
        assert "What may be shared, and with whom" in page

    @pytest.mark.parametrize("number", [1, 30])
    def test_it_takes_the_same_statements_for_one_and_thirty(self, desk, marisol, statements, number):
        for _ in range(number):
            signed(marisol)
            disclose(by=US, client=marisol, wanted=in_emergency(), how="spoken", make=say)
        with statements() as seen:
            desk.get(at("sharing", marisol))
        assert len(seen) == 13, seen

    def test_they_said_stop_and_it_stops(self, desk, marisol):
        consent = signed(marisol)
        page = text(desk.post(at("stop", marisol, consent.public_id), {"how": "voice"}, follow=True))
        assert "From now on nothing goes out on it" in page
        assert consent.ends.get().how == "voice"
        assert "already" in text(desk.post(at("stop", marisol, consent.public_id), follow=True))

    def test_an_unknown_way_of_stopping_is_said(self, desk, marisol):
        consent = signed(marisol)
        page = text(desk.post(at("stop", marisol, consent.public_id), {"how": "smoke"}, follow=True))
        assert "by voice or in writing" in page
        assert not consent.ends.exists()

    def test_somebody_elses_consent_is_not_there(self, desk, marisol):
        other = signed(ClientFactory())
        assert desk.post(at("stop", marisol, other.public_id)).status_code == 404


class TestMayI:
    def test_yes_with_the_reason_and_nothing_is_told(self, desk, marisol):
        signed(marisol)
        page = text(desk.post(at("ask", marisol), ASK | {"step": "ask"}))
        assert "Yes, this may go" in page
        assert "Tell it and write it down" in page
        assert not Disclosure.objects.exists()

    def test_no_with_the_words_to_say(self, desk, marisol):
        page = text(desk.post(at("ask", marisol), ASK | {"who": "", "name": "Ana Ruiz"}))
        assert "No consent names this recipient." in page
        assert "I can neither confirm nor deny" in page

    def test_a_name_spelled_differently_is_asked_about_and_never_guessed(self, desk, marisol):
        signed(marisol)
        page = text(desk.post(at("ask", marisol), ASK | {"who": "", "name": "Anna Ruiz"}))
        assert "A consent names “Ana Ruiz”. Is it the same person?" in page
        assert "No, this may not go" in page

    def test_without_a_name_nothing_typed_is_lost(self, desk, marisol):
        page = desk.post(at("ask", marisol), ASK | {"who": "", "address": "12 Alder Street"})
        assert "Write the name of whoever would be told." in text(page)
        assert "12 Alder Street" in page.content.decode()

    def test_told_on_the_telephone_it_is_written_down(self, desk, marisol):
        signed(marisol)
        page = text(desk.post(at("ask", marisol), ASK | {
            "step": "release", "how": "spoken", "content": "She came on Monday",
        }))  # fmt: skip
        assert "Tell them this, and no more" in page
        assert "42 CFR part 2 prohibits unauthorized use or disclosure of these records." in page
        assert Disclosure.objects.get().content == "She came on Monday"

    def test_what_is_told_is_said_in_a_line(self, desk, marisol):
        signed(marisol)
        page = text(desk.post(at("ask", marisol), ASK | {"step": "release", "how": "spoken", "content": " "}))
        assert "Write in a line what you tell or hand over." in page
        assert not Disclosure.objects.exists()

    def test_a_letter_carries_the_notice_and_the_scope_and_says_for_whom_it_is(self, desk, marisol):
        signed(marisol)
        page = text(desk.post(at("ask", marisol), ASK | {
            "information": ["presence", "attendance"], "step": "release", "how": "letter",
        }))  # fmt: skip
        assert "The letter for Ana Ruiz is written" in page
        row = Disclosure.objects.get()
        letter = read_pdf(desk.get(at("letter", marisol, row.public_id)))
        assert "Given to Ana Ruiz on" in letter
        assert "Marisol Ruiz is or was a client of this program." in letter
        assert "No attendance in the last 90 days." in letter
        assert "A general authorization for the release of medical or other information is NOT sufficient" in letter
        assert "The consent names: Ana Ruiz." in letter
        assert row.how == "letter"
        with translation.override("es"):
            page = text(desk.get(at("sharing", marisol)))
        assert "una carta impresa" in page
        assert "Letter" not in page

    def test_a_letter_cannot_say_what_nobody_writes_here(self, desk, marisol):
        signed(marisol, for_care())
        asked = ASK | {
            "who": "", "name": "Dr. Kim", "roles": ["treating_provider"], "purpose": "treatment",
            "information": ["diagnosis"], "step": "release", "how": "letter",
        }  # fmt: skip
        assert "It cannot say: the diagnosis." in text(desk.post(at("ask", marisol), asked))
        assert not Disclosure.objects.exists()

    def test_a_consent_taken_back_meanwhile_stops_it(self, desk, marisol):
        actions.revoke(by=US, consent=signed(marisol), how="voice")
        page = text(desk.post(at("ask", marisol), ASK | {
            "who": "", "name": "Ana Ruiz", "step": "release", "how": "spoken", "content": "x",
        }))  # fmt: skip
        assert "The consent was taken back." in page
        assert AuditEvent.objects.filter(verb="disclosure.refuse").count() == 1

    def test_one_taken_back_between_the_answer_and_the_act_stops_it_too(self, desk, marisol, monkeypatch):
        from trellis.people.consent.actions import gate

        consent = signed(marisol)
        release = gate.disclose

        def too_late(**given):
            actions.revoke(by=US, consent=consent, how="voice")
            return release(**given)

        monkeypatch.setattr(gate, "disclose", too_late)
        page = text(desk.post(at("ask", marisol), ASK | {"step": "release", "how": "spoken", "content": "x"}))
        assert "The consent was taken back." in page
        assert not Disclosure.objects.exists()

    def test_the_front_desk_asks_and_does_not_release(self, client, marisol):
        signed(marisol)
        browser = sign_in(client, StaffMemberFactory(account__roles=["front_desk"]).account)
        assert "Tell it and write it down" not in text(browser.post(at("ask", marisol), ASK))
        assert browser.post(at("ask", marisol), ASK | {"step": "release"}).status_code == 403


class TestGrounds:
    def test_each_ground_asks_for_its_own_facts(self, desk, marisol):
        page = text(desk.get(at("ask_on_ground", marisol, "court_order")))
        assert "A judge made this order under 42 CFR part 2, subpart E" in page
        assert "What the order covers" in page
        assert "bona fide" not in page

    def test_an_emergency_at_night(self, desk, marisol):
        asked = {
            "name": "Dr. Kim", "kind": "person", "purpose": "treatment", "information": ["presence"], "address": "",
            "bona_fide": "on", "consent_cannot_be_obtained": "on", "step": "ask",
        }  # fmt: skip
        where = at("ask_on_ground", marisol, "medical_emergency")
        assert "What is missing: Whoever asks is medical personnel" in text(desk.post(where, asked))
        asked |= {"recipient_is_medical_personnel": "on"}
        page = text(desk.post(where, asked | {"step": "release", "how": "spoken", "content": "Is a client"}))
        assert "The record of this emergency still needs to be written down" in page
        row = Disclosure.objects.get()
        assert "still needs to be written down" in text(desk.get(at("sharing", marisol)))
        where = at("complete", marisol, row.public_id)
        assert "The law asks for these words right after." in text(desk.get(where))
        assert "Nothing is filled in yet" in text(desk.post(where, {"nature": " "}))
        facts = dict.fromkeys(("recipient_name", "recipient_affiliation", "disclosed_by", "nature"), "Known")
        desk.post(where, facts)
        assert "still needs to be written down" not in text(desk.get(at("sharing", marisol)))
        assert desk.get(where).status_code == 404

    def test_a_report_of_child_abuse_goes_to_those_who_protect_children(self, desk, marisol):
        asked = {
            "name": "County", "kind": "organization", "purpose": "other", "information": ["incident"], "address": "",
            "initial_report": "on", "step": "ask",
        }  # fmt: skip
        where = at("ask_on_ground", marisol, "child_abuse_report")
        assert "This ground does not hold for this recipient." in text(desk.post(where, asked))
        assert "Yes, this may go" in text(desk.post(where, asked | {"roles": ["child_protection"]}))

    def test_the_client_gets_their_own_record(self, desk, marisol):
        asked = {
            "name": "Marisol Ruiz", "kind": "person", "purpose": "other", "information": ["attendance"], "address": "",
            "step": "release", "how": "letter",
        }  # fmt: skip
        page = text(desk.post(at("ask_on_ground", marisol, "client_access"), asked))
        assert "The letter for Marisol Ruiz is written" in page
        row = Disclosure.objects.get()
        assert row.ground == "2.23"
        assert "Given to Marisol Ruiz" in read_pdf(desk.get(at("letter", marisol, row.public_id)))

    @pytest.mark.parametrize("ground", ["internal", "whatever"])
    def test_no_other_ground_is_offered(self, desk, marisol, ground):
        assert desk.get(at("ask_on_ground", marisol, ground)).status_code == 404


def test_who_is_not_to_be_told_is_written_a_line_each(desk, marisol):
    where = at("standing", marisol)
    page = text(desk.post(where, {"restricted": "Ana Ruiz\n\norganization: County", "deceased": ""}, follow=True))
    assert "Not to be told, whatever a consent says" in page
    assert Standing.objects.get().restricted == [
        {"kind": "person", "name": "Ana Ruiz"}, {"kind": "organization", "name": "County"},
    ]  # fmt: skip
    assert "organization: County" in desk.get(where).content.decode()


def test_nobody_takes_a_death_or_a_name_back_that_somebody_wrote_meanwhile(desk, marisol):
    where = at("standing", marisol)
    desk.post(where, {"restricted": "Ana Ruiz", "deceased": "on", "seen": "0"})
    page = desk.post(where, {"restricted": "Ben Ortiz", "guardian_appointed": "on", "seen": "0"})
    assert "Somebody else changed this meanwhile" in text(page)
    assert Standing.objects.count() == 1
    form = page.context["form"]
    assert [form[name].value() for name in ("deceased", "guardian_appointed")] == [True, True]
    assert form["restricted"].value() == "Ana Ruiz\nBen Ortiz"
    again = {"restricted": form["restricted"].value(), "deceased": "on", "seen": form["seen"].value()}
    assert desk.post(where, again).status_code == 302
    assert len(Standing.objects.latest("id").restricted) == 2


def test_it_reads_in_spanish(desk, marisol):
    signed(marisol)
    with translation.override("es"):
        page = text(desk.get(at("sharing", marisol)))
    assert "Qué se puede compartir y con quién" in page
    assert "los días y las horas en que vino" in page


def test_an_act_without_a_whole_question_is_answered_with_the_question(desk, marisol):
    page = text(desk.post(at("ask", marisol), ASK | {"information": [], "step": "release"}))
    assert "Choose what they would be told." in page
    assert "Tell it and write it down" not in page


def test_whoever_may_not_read_it_sees_no_part_of_it_on_the_clients_page(rf, marisol):
    from types import SimpleNamespace

    from trellis.people.clients.tests.factories import actor
    from trellis.people.consent.panel import sharing

    assert sharing(SimpleNamespace(actor=actor("counselor")), marisol) is None


class TestAfterTheStay:
    """The last team sends on what the person agreed to, and opens nothing else by it."""

    @pytest.fixture
    def former(self):
        return EpisodeFactory(client__chosen_name="Marisol Ruiz", closed=True).client

    @pytest.fixture
    def last_team(self, former, client):
        stay = former.episodes.get()
        member = StaffMemberFactory(account__roles=["therapist"])
        CareAssignmentFactory(episode=stay, staff_member=member, until=stay.closed_on)
        return sign_in(client, member.account)

    def test_it_tells_by_consent_and_every_way_on_leads_somewhere(self, last_team, former):
        assert last_team.get(at("ask", former)).status_code == 200
        page = text(last_team.post(at("ask", former), TELL | {"who": "", "name": "Ana Ruiz"}))
        assert "No, this may not go" in page
        assert AuditEvent.objects.filter(verb="disclosure.refuse").count() == 1
        signed(former)
        went = last_team.post(at("ask", former), TELL)
        row = Disclosure.objects.get()
        links = set(re.findall(rf'href="(/[^"]*{former.public_id}[^"]*)"', went.content.decode()))
        assert at("letter", former, row.public_id) in links
        assert {last_team.get(link).status_code for link in links} == {200}

    def test_nothing_else_opens(self, last_team, former):
        signed(former)
        other = sent_letter(former)
        for address in (
            at("sharing", former),
            at("ask_on_ground", former, "medical_emergency"),
            at("letter", former, other.public_id),
        ):
            assert last_team.get(address).status_code == 404, address
