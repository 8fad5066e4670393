"""Somebody asks from outside: what whoever answers sees, writes and reads."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.actions import save_draft
from trellis.people.accounts.queries import draft_for
from trellis.people.clients.tests.factories import SINCE, CareAssignmentFactory, ClientFactory, StaffMemberFactory
from trellis.people.consent.models import OutsideRequest, OutsideReview
from trellis.people.consent.outside import guidance, queries
from trellis.people.consent.tests.heard import TOLD, a_note, read

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "Marisol Ruiz", "Zeferino Luz"


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def as_role(client):
    def open_as(*roles):
        client.member = StaffMemberFactory(account__roles=roles, account__chosen_name="Dana Cole")
        sign_in(client, client.member.account)
        return client

    return open_as


def text(response):
    return " ".join(
        unescape(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)).split()
    )


def url(name, *args):
    return reverse(f"consent:{name}", args=args)


class TestWords:
    def test_the_sentence_stands_on_the_first_page_already_in_both_languages(self, as_role):
        page = text(as_role("front_desk").get(url("asked")))
        assert "I can neither confirm nor deny that any person is here, or ever was." in page
        assert "No puedo confirmar ni negar que una persona esté aquí o haya estado antes." in page
        assert all(str(label) in page for _value, label in OutsideRequest.Asker.choices)

    @pytest.mark.parametrize("asker", sorted(guidance.GUIDANCE))
    def test_the_words_are_the_same_for_whoever_asks_and_the_steps_are_their_own(self, as_role, asker):
        browser = as_role("front_desk")
        page, other = browser.get(url("asked_by", asker)), browser.get(url("asked_by", "reporter"))
        said = [
            re.search(r'<div class="grid-2 spoken">.*?</div>', one.content.decode(), re.S)[0] for one in (page, other)
        ]
        assert said[0] == said[1]
        assert all(str(step) in text(page) for step in guidance.GUIDANCE[asker].steps)

    def test_in_spanish_the_spanish_words_come_first_and_the_english_stay(self, as_role):
        with translation.override("es"):
            response = as_role("front_desk").get(url("asked_by", "police"))
        page = text(response)
        assert page.index("No puedo confirmar ni negar") < page.index("I can neither confirm nor deny")
        assert "Una placa no cambia la respuesta" in page
        assert 'lang="en"' in response.content.decode()

    def test_an_asker_that_does_not_exist_has_no_page(self, as_role):
        assert as_role("front_desk").get(url("asked_by", "neighbour")).status_code == 404

    def test_a_paper_goes_to_the_director_and_a_call_has_none(self, as_role):
        browser = as_role("front_desk")
        assert "The paper itself goes to the clinical director" in text(browser.get(url("asked_by", "subpoena")))
        assert "The paper itself" not in text(browser.get(url("asked_by", "employer")))

    def test_the_page_offers_no_names(self, as_role):
        ClientFactory(chosen_name=KNOWN, in_program=True)
        html = as_role("front_desk").get(url("asked_by", "loved_one")).content.decode()
        assert KNOWN not in html
        assert "datalist" not in html
        assert "hx-" not in html[html.index("<main") : html.index("</main>")]
        assert not AuditEvent.objects.filter(verb__startswith="opened").exists()


class TestWriting:
    def test_a_note_is_saved_and_the_next_page_shows_nothing_of_it(self, as_role):
        browser = as_role("front_desk")
        sent = {
            "asker_name": "Jorge",
            "about": KNOWN,
            "asked_for": "Is she there?",
            "told": TOLD,
            "in_confidence": "on",
        }
        response = browser.post(url("asked_by", "loved_one"), sent, follow=True)
        assert response.redirect_chain == [(url("asked_done"), 302)]
        assert "It is written down" in text(response)
        assert not any(word in text(response) for word in ("Jorge", KNOWN, "sleep"))
        note = OutsideRequest.objects.get()
        assert queries.texts_of(note)["told"] == TOLD
        assert (note.by, note.asker, note.in_confidence) == (f"account:{browser.member.account_id}", "loved_one", True)

    def test_danger_leads_to_what_to_do_now_and_with_whom(self, as_role):
        StaffMemberFactory(account__roles=["therapist"], account__chosen_name="Luis Ortega")
        response = as_role("front_desk").post(url("asked_by", "other"), {"danger": "on", "told": TOLD}, follow=True)
        page = text(response)
        assert response.redirect_chain == [(url("asked_danger"), 302)]
        assert "Call 911 yourself" in page
        assert "988" in page
        assert "Luis Ortega Therapist (LPHA)" in page
        assert "Dana Cole" not in page[page.index("Do this now") :]
        assert "sleep" not in page

    def test_without_any_clinician_the_page_says_whom_to_tell(self, as_role):
        assert "Tell whoever leads the program today" in text(as_role("front_desk").get(url("asked_danger")))

    def test_nothing_that_was_typed_is_lost_when_a_line_is_too_long(self, as_role):
        sent = {"asker_name": "J" * 201, "about": KNOWN, "told": TOLD, "danger": "on"}
        response = as_role("front_desk").post(url("asked_by", "loved_one"), sent)
        html = response.content.decode()
        assert response.status_code == 200
        assert not OutsideRequest.objects.exists()
        assert all(word in html for word in ("J" * 201, KNOWN, TOLD, "checked"))
        assert "I can neither confirm nor deny" in html

    def test_what_was_typed_before_a_lock_comes_back_and_goes_once_it_is_saved(self, as_role):
        browser = as_role("front_desk")
        account = browser.member.account_id
        save_draft(account_id=account, form="outside-police", fields={"told": [TOLD], "danger": ["on"]})
        html = browser.get(url("asked_by", "police")).content.decode()
        assert TOLD in html
        assert "checked" in html
        assert TOLD not in browser.get(url("asked_by", "reporter")).content.decode()
        browser.post(url("asked_by", "police"), {"told": TOLD})
        assert draft_for(account, "outside-police") == {}

    def test_a_client_never_gets_here(self, client):
        someone = ClientFactory(with_account=True, in_program=True)
        sign_in(client, someone.account)
        for name in ("asked", "asked_done", "asked_danger", "asked_waiting"):
            assert client.get(url(name)).status_code == 403


class TestSameForEverybody:
    """42 CFR 2.13(c): nothing in an answer differs between a client and somebody never seen here."""

    @pytest.mark.parametrize(
        "more", [{}, {"danger": "on"}, {"asker_name": "x" * 201}], ids=["quiet", "danger", "wrong"]
    )
    def test_answers_headers_bytes_and_statements_are_the_same(self, as_role, more):
        ClientFactory(chosen_name=KNOWN, in_program=True, with_account=True)
        StaffMemberFactory(account__roles=["therapist"])
        browser = as_role("front_desk")
        browser.get(url("asked"))  # whatever is asked once a process is asked before
        assert len(KNOWN) == len(UNKNOWN)
        (answers, behind), (others, behind_others) = (self.ask(browser, name, more) for name in (KNOWN, UNKNOWN))
        assert [one.status_code for one in answers] == [one.status_code for one in others]
        for one, other in zip(answers, others, strict=True):
            assert self.headers(one) == self.headers(other)
            assert self.plain(one.content.decode(), KNOWN) == self.plain(other.content.decode(), UNKNOWN)
        assert [self.plain(sql, KNOWN) for sql in behind] == [self.plain(sql, UNKNOWN) for sql in behind_others]

    def ask(self, browser, name, more):
        """Each answer on the way, and each statement behind them."""
        sent = {"about": name, "told": f"{name} is my daughter.", **more}
        with CaptureQueriesContext(connection) as behind:
            answers = [browser.get(url("asked_by", "loved_one")), browser.post(url("asked_by", "loved_one"), sent)]
            answers += [browser.get(one["Location"]) for one in answers if one.status_code == 302]
        return answers, [one["sql"] for one in behind.captured_queries]

    def headers(self, response):
        # the parts of a policy stand in no order, and each answer has a number of its own
        return {key: sorted(value.split("; ")) for key, value in response.items() if key != "X-Request-ID"}

    def plain(self, written, name):
        """What was typed, ids, instants and one-time marks, taken out."""
        typed = re.sub(r"[A-Za-z0-9_=-]{24,}|\b[a-z0-9]{16}\b", "…", written.replace(name, "…"))
        return re.sub(r"\b[A-Za-z0-9]{12}\b(?=')|\d+", "0", typed)


class TestFirstScreens:
    @pytest.mark.parametrize(
        ("role", "where"), [("therapist", "schedule:my_day"), ("medical_director", "staff_desk:program_today")]
    )
    def test_danger_stands_on_the_first_screen_of_who_reads_until_somebody_has(self, as_role, role, where):
        note = a_note(told=TOLD, danger=True)
        browser = as_role(role)
        page = browser.get(reverse(where))
        assert "Somebody from outside told us of danger" in text(page)
        assert f'href="{url("asked_waiting")}"' in page.content.decode()
        assert "sleep" not in text(page)
        read(note)
        assert "from outside told us" not in text(browser.get(reverse(where)))

    def test_who_leads_groups_only_and_who_runs_the_house_are_not_told(self, as_role):
        a_note(danger=True)
        assert "from outside told us" not in text(as_role("group_facilitator").get(reverse("schedule:my_day")))

    def test_an_administrator_sees_no_danger_of_which_they_cannot_read(self, as_role):
        a_note(danger=True)
        assert "from outside told us" not in text(
            as_role("program_administrator").get(reverse("staff_desk:program_today"))
        )

    def test_a_note_without_danger_waits_quietly_for_a_day(self, as_role):
        note = a_note()
        browser = as_role("clinical_director")
        assert "from outside waits" not in text(browser.get(reverse("staff_desk:program_today")))
        assert "One note from outside waits to be read." in text(browser.get(url("asked")))
        read(note)
        a_note(at=SINCE - timedelta(hours=25))
        assert "A note from outside waits longer than a day." in text(browser.get(reverse("staff_desk:program_today")))


class TestReading:
    def test_the_list_says_from_whom_and_since_when_and_nothing_else(self, as_role):
        browser = as_role("clinical_director")
        a_note(asker="reporter", told=TOLD, about=KNOWN, by=f"account:{browser.member.account_id}")
        a_note(danger=True, told=TOLD)
        a_note(at=SINCE.replace(day=SINCE.day - 3), by="system:demo")
        page = text(browser.get(url("asked_waiting")))
        assert "3 notes from outside wait" in page
        assert page.index("Perhaps danger") < page.index("Longer than a day") < page.index("A reporter")
        assert "written down by Dana Cole" in page
        assert not any(word in page for word in ("sleep", KNOWN))
        assert not AuditEvent.objects.filter(verb="opened outside.review").exists()

    def test_an_empty_list_says_so(self, as_role):
        browser = as_role("counselor")
        assert "A clinician has read everything" in text(browser.get(url("asked_waiting")))
        assert "Notes that wait for a clinician" in text(browser.get(url("asked")))

    def test_a_note_opens_in_its_own_words_and_the_look_is_written_down(self, as_role):
        note = a_note(told=TOLD, about=KNOWN, asker_name="Jorge", in_confidence=True, danger=True)
        page = text(as_role("counselor").get(url("asked_one", note.public_id)))
        for piece in (TOLD, KNOWN, "Jorge", "They asked us to keep this between us", "Somebody may be in danger"):
            assert piece in page
        assert AuditEvent.objects.get(verb="opened outside.review").subjects == [f"outside:{note.pk}"]

    def test_nobody_stands_there_before_a_search_and_a_search_finds_only_whom_the_reader_may_see(self, as_role):
        browser, note = as_role("therapist"), a_note(about="Ruiz")
        mine = CareAssignmentFactory(staff_member=browser.member, episode__client__chosen_name=KNOWN).episode.client
        ClientFactory(chosen_name="Teresa Ruiz", in_program=True)
        where = url("asked_one", note.public_id)
        assert KNOWN not in text(browser.get(where))
        page = browser.post(where, {"q": "ruiz", "find": "yes", "done": "Half a sent"})
        assert KNOWN in text(page)
        assert "Teresa" not in text(page)
        assert "Half a sent" in page.content.decode()
        assert not OutsideReview.objects.exists()
        events = AuditEvent.objects.filter(verb="opened outside.review").order_by("id")
        assert [event.subjects for event in events] == [
            [f"outside:{note.pk}"],
            [f"client:{mine.pk}", f"outside:{note.pk}"],
        ]

    def test_a_search_that_finds_nobody_says_so(self, as_role):
        where = url("asked_one", a_note().public_id)
        assert "Nobody by this name" in text(as_role("therapist").post(where, {"q": "zzzz", "find": "yes"}))

    def test_a_clinician_says_whose_it_is_and_it_leaves_the_list(self, as_role):
        browser, note, person = as_role("clinical_director"), a_note(told=TOLD), ClientFactory(chosen_name=KNOWN)
        sent = {"q": "ruiz", "whose": person.public_id, "done": "Told the therapist."}
        response = browser.post(url("asked_one", note.public_id), sent, follow=True)
        assert "Nothing from outside waits" in text(response)
        assert OutsideReview.objects.get().client == person
        again = text(browser.get(url("asked_one", note.public_id)))
        assert "Told the therapist." in again
        assert f"Belongs to {KNOWN}" in again
        assert AuditEvent.objects.filter(verb="opened outside.review").last().subjects == [
            f"client:{person.pk}", f"outside:{note.pk}",
        ]  # fmt: skip

    def test_it_may_belong_to_nobody(self, as_role):
        browser, note = as_role("clinical_director"), a_note()
        browser.post(url("asked_one", note.public_id), {"whose": "nobody", "done": "Nothing to do."})
        assert OutsideReview.objects.get().client is None
        assert "Belongs to nobody’s record" in text(browser.get(url("asked_one", note.public_id)))

    def test_silence_links_nobody_and_nothing_typed_is_lost(self, as_role):
        browser, note = as_role("therapist"), a_note()
        page = browser.post(url("asked_one", note.public_id), {"done": "I called her mother."})
        assert "Choose one line" in text(page)
        assert "I called her mother." in page.content.decode()
        assert not OutsideReview.objects.exists()

    def test_somebody_else_s_client_cannot_be_sent(self, as_role):
        browser, note, other = as_role("therapist"), a_note(), ClientFactory(chosen_name=KNOWN, in_program=True)
        page = browser.post(url("asked_one", note.public_id), {"q": KNOWN, "whose": other.public_id, "done": "Called."})
        assert "Choose one of the people who stand here now" in text(page)
        assert not OutsideReview.objects.exists()

    def test_who_saves_second_is_told_so(self, as_role):
        browser, note = as_role("clinical_director"), a_note()
        read(note)
        response = browser.post(url("asked_one", note.public_id), {"whose": "nobody", "done": "Me too."}, follow=True)
        assert "Somebody else has read this in the meantime" in text(response)

    def test_once_read_it_is_not_there_for_a_clinician_of_others(self, as_role):
        browser, note = as_role("counselor"), a_note()
        read(note, client=ClientFactory(in_program=True))
        assert browser.get(url("asked_one", note.public_id)).status_code == 404


class TestNeverOnAClientsPage:
    PAGES = ("my:today", "my:week", "my:contact", "my:meetings")

    def test_neither_before_nor_after_somebody_read_it(self, as_role, client):
        person = ClientFactory(chosen_name=KNOWN, in_program=True, with_account=True)
        note = a_note(told=TOLD, about=KNOWN, asker_name="Jorge Vidal", in_confidence=True)
        for linked in (False, True):
            if linked:
                read(note, client=person, done="Spoke with the therapist.")
            staff = as_role("clinical_director")
            seen = text(staff.get(reverse("clients:client", args=[person.public_id])))
            sign_in(client, person.account)
            seen += " ".join(text(client.get(reverse(name), follow=True)) for name in self.PAGES)
            assert KNOWN in seen
            assert not any(word in seen for word in ("sleep", "Jorge Vidal", "Spoke with", "from outside told"))
