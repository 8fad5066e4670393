"""A record that is watched closely: who is asked why, who is not, and who reads it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging.models import Message
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.models import WatchedOpening
from trellis.people.clients.tests.factories import (
    SINCE,
    AccountFactory,
    CareAssignmentFactory,
    ClientFactory,
    EmergencyOpeningFactory,
    StaffMemberFactory,
    WatchedOpeningFactory,
    WatchFactory,
    actor,
    actor_of,
)
from trellis.people.clients.watched import actions, queries

pytestmark = pytest.mark.django_db
READ = "/desk/clients/watched/"
ASKED = "Why do you open this record?"
REASON = "She reads the news on the radio."


@pytest.fixture(autouse=True)
def program(clock_at):
    """A Monday in October, nine in the morning in Pomona."""
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def marisol():
    return ClientFactory(chosen_name="Marisol Peña", account=AccountFactory(roles=["client"]), in_program=True)


@pytest.fixture
def biller():
    return StaffMemberFactory(account__roles=["biller"], account__chosen_name="Jo Ray").account


@pytest.fixture
def guardian():
    return StaffMemberFactory(
        account__roles=["program_administrator"], account__chosen_name="Helen Marsh", account__email="helen@example.org"
    ).account


def record(client):
    return reverse("clients:client", args=[client.public_id])


def page_of(answer):
    return answer.content.decode().partition("<main")[2]


def is_asked(browser, client):
    return ASKED in page_of(browser.get(record(client)))


class TestAsking:
    @pytest.mark.parametrize("role", ["biller", "intake_coordinator", "program_administrator", "medical_director"])
    def test_whoever_is_not_close_is_asked_on_every_page_of_this_client(self, marisol, role, client):
        browser = sign_in(client, StaffMemberFactory(account__roles=[role]).account)
        assert not is_asked(browser, marisol)
        WatchFactory(client=marisol)
        before = AuditEvent.objects.filter(verb="opened client.read").count()
        answer = browser.get(record(marisol))
        assert ASKED in page_of(answer)
        assert "Marisol" not in answer.content.decode(), "the question names nobody"
        assert AuditEvent.objects.filter(verb="opened client.read").count() == before
        assert ASKED in page_of(browser.get(reverse("consent:sharing", args=[marisol.public_id])))
        assert not is_asked(browser, ClientFactory())

    def test_one_tap_opens_every_page_for_an_hour_to_this_person(self, marisol, biller, client, clock_at):
        WatchFactory(client=marisol)
        browser = sign_in(client, biller)
        sharing = reverse("consent:sharing", args=[marisol.public_id])
        page = page_of(browser.get(f"{sharing}?x=1"))
        why = reverse("clients:why", args=[marisol.public_id])
        assert why in page
        assert f'value="{sharing}?x=1"' in page
        assert browser.post(why, {"why": "check", "next": f"{sharing}?x=1"})["Location"] == f"{sharing}?x=1"
        opening = WatchedOpening.objects.get()
        assert (opening.client, opening.account, opening.why) == (marisol, biller, "check")
        assert not is_asked(browser, marisol)
        assert queries.open_now(AccountFactory().pk, marisol, SINCE) is None
        clock_at(SINCE + timedelta(minutes=59, seconds=59))
        assert not is_asked(sign_in(client, biller), marisol)
        clock_at(SINCE + timedelta(hours=1))
        assert is_asked(sign_in(client, biller), marisol)

    def test_something_else_needs_words_and_keeps_what_was_typed(self, marisol, biller, client):
        WatchFactory(client=marisol)
        browser = sign_in(client, biller)
        why = reverse("clients:why", args=[marisol.public_id])
        page = page_of(browser.post(why, {"why": "other", "words": "papers", "next": record(marisol)}))
        assert "Write in a few words" in page
        assert 'value="papers"' in page
        assert f'value="{record(marisol)}"' in page
        assert ASKED in page_of(browser.post(why, {"why": "curious", "next": "/"}))
        assert not WatchedOpening.objects.exists()
        browser.post(why, {"why": "other", "words": " The court wrote to us. ", "next": record(marisol)})
        assert WatchedOpening.objects.get().words == "The court wrote to us."
        with pytest.raises(Refused, match="Write in a few words"):
            actions.say_why(by=actor_of(biller), client=marisol, why="other", words="x")

    def test_said_twice_it_is_said_once_and_leads_nowhere_else(self, marisol, biller, client):
        WatchFactory(client=marisol)
        browser = sign_in(client, biller)
        why = reverse("clients:why", args=[marisol.public_id])
        for _turn in range(2):
            answer = browser.post(why, {"why": "call", "next": "https://elsewhere.example/"})
            assert answer["Location"] == record(marisol)
        first = actions.say_why(by=actor_of(biller), client=marisol, why="plan")
        assert WatchedOpening.objects.get() == first

    def test_what_is_not_watched_gets_the_same_answer_and_writes_nothing(self, marisol, biller, client):
        answer = sign_in(client, biller).post(reverse("clients:why", args=[marisol.public_id]), {"why": "call"})
        assert answer["Location"] == record(marisol)
        assert not WatchedOpening.objects.exists()

    def test_the_care_team_is_not_asked(self, marisol, client):
        WatchFactory(client=marisol)
        member = StaffMemberFactory(account__roles=["therapist"])
        CareAssignmentFactory(episode=marisol.episodes.get(), staff_member=member)
        browser = sign_in(client, member.account)
        assert "Marisol Peña" in page_of(browser.get(record(marisol)))

    def test_whoever_said_why_in_an_emergency_is_not_asked_again(self, marisol, client):
        WatchFactory(client=marisol)
        member = StaffMemberFactory(account__roles=["counselor"]).account
        EmergencyOpeningFactory(client=marisol, account=member)
        assert "because of an emergency" in page_of(sign_in(client, member).get(record(marisol)))

    def test_somebody_who_works_here_is_not_asked_about_themselves(self, client):
        account = StaffMemberFactory(account__roles=["front_desk"]).account
        own = ClientFactory(account=account)
        WatchFactory(client=own)
        assert not is_asked(sign_in(client, account), own)

    def test_a_part_of_a_page_asks_on_the_whole_page(self, marisol, biller, client):
        WatchFactory(client=marisol)
        answer = sign_in(client, biller).get(record(marisol), headers={"HX-Request": "true"})
        assert (answer["HX-Refresh"], answer.content) == ("true", b"")

    def test_what_is_sent_is_not_held_up(self, marisol, client):
        WatchFactory(client=marisol)
        browser = sign_in(client, StaffMemberFactory(account__roles=["front_desk"]).account)
        answer = browser.post(
            reverse("clients:contact", args=[marisol.public_id]), {"telephone": "12", "language": "en"}
        )
        assert 'value="12"' in page_of(answer)

    def test_lists_neither_ask_nor_show_who_is_watched(self, marisol, biller, client):
        browser = sign_in(client, biller)
        before = page_of(browser.get(reverse("clients:find"))).partition('<li class="row">')[2]
        assert marisol.public_id in before
        WatchFactory(client=marisol)
        assert page_of(browser.get(reverse("clients:find"))).partition('<li class="row">')[2] == before
        assert marisol.public_id in page_of(browser.post(reverse("clients:find"), {"q": "Marisol"}))

    def test_it_costs_one_statement_where_nobody_is_watched(self, marisol, biller, client, statements):
        browser = sign_in(client, biller)
        browser.get(record(marisol))
        with statements() as seen:
            browser.get(record(marisol))
        assert len([one for one in seen if "clients_watch" in one]) == 1


class TestReading:
    def test_those_who_guard_privacy_are_told_once_a_day_in_words_that_say_nothing(self, marisol, biller, clock_at):
        guardian = StaffMemberFactory(account__roles=["clinical_director"], account__email="helen@example.org").account
        other = ClientFactory()
        actions.say_why(by=actor_of(biller), client=marisol, why="check")
        actions.say_why(by=actor_of(biller), client=other, why="check")
        actions.say_why(by=actor_of(guardian), client=marisol, why="plan")
        message = Message.objects.get()
        assert (message.to, message.kind) == ("helen@example.org", "clients.watched")
        assert message.values == {"url": f"http://localhost:8000{READ}"}
        clock_at(SINCE + timedelta(days=1))
        actions.say_why(by=actor_of(biller), client=marisol, why="check")
        assert Message.objects.count() == 2

    def test_one_other_person_says_once_whether_it_was_right(self, marisol, guardian):
        mine = WatchedOpeningFactory(client=marisol, account=guardian)
        with pytest.raises(Refused, match="somebody else reads"):
            actions.review(by=actor_of(guardian), opening=mine, found="right")
        director = actor("clinical_director")
        assert actions.review(by=director, opening=mine, found="not_right", words=" Why? ").words == "Why?"
        with pytest.raises(Refused, match="in the meantime"):
            actions.review(by=director, opening=mine, found="right")
        with pytest.raises(NotPermitted):
            actions.review(by=actor("biller"), opening=mine, found="right")

    @pytest.mark.parametrize("number", [1, 30])
    def test_what_waits_is_asked_in_the_same_statements_and_only_for_those_who_read(
        self, biller, guardian, number, statements, clock_at
    ):
        for _n in range(number):
            WatchedOpeningFactory(account=biller)
        WatchedOpeningFactory(account=guardian)
        by = actor_of(guardian)
        same_day = queries.waiting_for(by, clock_at(SINCE + timedelta(days=1)))
        assert (same_day.number, same_day.late) == (number, 0)
        now = clock_at(SINCE + timedelta(days=2))
        queries.waiting_for(by, now)
        with statements() as seen:
            found = queries.waiting_for(by, now)
        assert len([one for one in seen if "watchedopening" in one]) == 1
        assert len(seen) <= 3
        assert (found.number, found.late) == (number, number)
        with statements() as seen:
            assert queries.waiting_for(actor("front_desk"), now).number == 0
        assert len([one for one in seen if "watchedopening" in one]) == 0

    def test_nothing_waits_and_whoever_is_kept_out_is_told_of_nobody(self, marisol, guardian, biller):
        assert queries.waiting_for(actor_of(guardian), SINCE) == queries.Waiting()
        WatchedOpeningFactory(client=marisol, account=biller)
        keep_out(by=actor("medical_director"), client=marisol, account=guardian)
        assert queries.waiting_for(actor_of(guardian), SINCE) == queries.Waiting()

    def test_it_waits_on_the_program_today_is_read_and_stands_below(self, marisol, biller, guardian, client, clock_at):
        WatchFactory(client=marisol)
        opening = actions.say_why(by=actor_of(biller), client=marisol, why="other", words="The court wrote to us.")
        clock_at(SINCE + timedelta(hours=1))
        browser = sign_in(client, guardian)
        assert "A record that is watched closely was opened" in page_of(browser.get("/desk/today/"))
        page = page_of(browser.get(READ))
        assert "1 opening waits to be read" in page
        assert "Jo Ray" in page
        assert "Past its day" not in page
        one = f"{READ}{opening.public_id}/"
        page = page_of(browser.get(one))
        assert "The court wrote to us." in page
        assert ASKED not in page, "whoever reads why is not asked in turn"
        assert browser.post(one, {"words": ""}).status_code == 200
        assert browser.post(one, {"found": "right", "words": "I called."})["Location"] == READ
        page = page_of(browser.get(READ))
        assert "Everything was read" in page
        assert "Read already" in page
        assert "I called." in page_of(browser.get(one))
        browser.post(one, {"found": "right"})
        assert "in the meantime" in browser.get(READ).content.decode()

    def test_past_its_day_it_says_so_and_ones_own_is_for_somebody_else(self, marisol, guardian, client, clock_at):
        mine = WatchedOpeningFactory(client=marisol, account=guardian)
        clock_at(SINCE + timedelta(days=2))
        browser = sign_in(client, guardian)
        assert "Past its day" in page_of(browser.get(READ))
        page = page_of(browser.get(f"{READ}{mine.public_id}/"))
        assert "Somebody else reads why" in page
        assert "Was this right?" not in page

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_list_takes_as_many_statements_for_one_as_for_thirty(self, guardian, client, number, statements):
        for _n in range(number):
            WatchedOpeningFactory()
        browser = sign_in(client, guardian)
        browser.get(READ)
        with statements() as seen:
            browser.get(READ)
        assert len(seen) == 6
