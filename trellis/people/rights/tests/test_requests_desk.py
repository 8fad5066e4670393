"""Requests at the desk: what is due first, an answer, and what the program today says."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.access.permissions import Refused
from trellis.people.clients.tests.factories import CareAssignmentFactory, ClientFactory, StaffMemberFactory, actor
from trellis.people.rights import states
from trellis.people.rights.models import RightsRequest
from trellis.people.rights.requests import actions, queries
from trellis.people.rights.states import ACCEPT, EXTEND
from trellis.people.rights.tests.factories import answers, asks
from trellis.people.rights.tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]
TODAY = date(2026, 10, 5)


def state(request):
    return queries.asked(request).state


def refusing(**given):
    raise Refused(actions.NOT_NOW)


class TestDesk:
    def test_what_is_due_first_stands_first_and_says_so_in_words(self, desk, marisol, clock_at):
        asks(marisol, "correction")
        asks(marisol, "channel")
        asks(ClientFactory(chosen_name="Ana Before"), "look")
        answers(asks(ClientFactory(chosen_name="Ben Done"), "copy"), ACCEPT)
        page = text(desk.get(reverse("rights:requests")))
        assert "3 requests wait for an answer" in page
        order = [page.index(one) for one in ("due by Oct. 7, 2026, in 2 days", "in 7 days", "in 60 days")]
        assert order == sorted(order)
        assert "Ben Done" not in page

    @pytest.mark.parametrize(
        ("days", "words"), [(1, "due tomorrow"), (2, "due today"), (3, "one day late"), (6, "4 days late")]
    )
    def test_the_deadline_comes_nearer(self, director, marisol, clock_at, client, days, words):
        asks(marisol, "channel")
        clock_at(clock.now() + timedelta(days=days))
        assert words in text(sign_in(client, director).get(reverse("rights:requests")))

    def test_more_time_moves_it(self, desk, marisol):
        answers(asks(marisol), EXTEND)
        assert "due by Jan. 3, 2027" in text(desk.get(reverse("rights:requests")))

    def test_nothing_waits(self, desk):
        assert "Everything is answered" in text(desk.get(reverse("rights:requests")))

    def test_an_answer_is_written_and_a_reason_is_asked_for(self, desk, marisol):
        row = asks(marisol)
        where = reverse("rights:request", args=[row.public_id])
        page = text(desk.get(where))
        assert "It says that I was late on Monday" in page
        assert "60 days" in page
        assert "Choose one line." in text(desk.post(where, {}))
        assert "Write it down, in your own words." in text(desk.post(where, {"step": "deny", "words": ""}))
        page = text(
            desk.post(where, {"step": "deny", "words": "The list says 5:42.", "parts": "attendance"}, follow=True)
        )
        assert "The client reads it on their own page." in page
        assert "They disagree, in their own words" in page
        desk.post(where, {"step": "disagree", "words": "She says the clock is wrong."})
        assert state(row) == states.DISAGREED

    def test_whoever_is_second_is_told(self, desk, marisol, monkeypatch):
        row = asks(marisol)
        late = queries.asked(row)
        answers(row, ACCEPT)
        monkeypatch.setattr("trellis.people.rights.pages.requests.queries.asked", lambda given: late)
        monkeypatch.setattr(actions, "answer", refusing)
        where = reverse("rights:request", args=[row.public_id])
        page = text(desk.post(where, {"step": "deny", "words": "No", "parts": "attendance"}, follow=True))
        assert "Somebody answered in the meantime" in page

    def test_for_who_paid_the_page_says_that_there_is_no_no(self, desk, marisol):
        page = text(desk.get(reverse("rights:request", args=[asks(marisol, "self_paid").public_id])))
        assert "Here the law leaves one answer: yes" in page

    def test_somebody_at_the_desk_writes_one_down(self, marisol, client):
        browser = sign_in(client, StaffMemberFactory(account__roles=["front_desk"]).account)
        where = reverse("rights:help_ask", args=[marisol.public_id, "channel"])
        page = text(browser.post(where, {"wanted": "Only by text", "how": "paper"}, follow=True))
        assert "Written down. It is answered by Oct. 7, 2026." in page
        assert RightsRequest.objects.get().how == "paper"
        assert browser.get(reverse("rights:help_ask", args=[marisol.public_id, "nothing"])).status_code == 404

    def test_a_refusal_is_said_with_what_was_typed(self, desk, phone, marisol, monkeypatch):
        monkeypatch.setattr(actions, "ask", refusing)
        said = {"wanted": "Only by text", "how": "told"}
        page = desk.post(reverse("rights:help_ask", args=[marisol.public_id, "channel"]), said)
        assert "meantime" in text(page)
        assert "Only by text" in page.content.decode()
        assert "meantime" in text(phone.post(reverse("my:ask_right", args=["channel"]), said))

    def test_what_we_agreed_to_is_seen_by_whoever_meets_them_and_a_complaint_is_not(self, marisol, client):
        counselor = StaffMemberFactory(account__roles=["counselor"])
        CareAssignmentFactory(episode=marisol.episodes.get(), staff_member=counselor)
        answers(asks(marisol, "channel"), ACCEPT)
        asks(marisol, "complaint")
        browser = sign_in(client, counselor.account)
        for where in ("clients:client", "rights:one"):
            page = text(browser.get(reverse(where, args=[marisol.public_id])))
            assert "Only by text, only after 6 pm" in page
            # only the line on which another could be written down
            assert page.count("A complaint") == (where == "rights:one")
            assert "waiting room" not in page
        asked = RightsRequest.objects.get(kind="complaint")
        assert browser.get(reverse("rights:request", args=[asked.public_id])).status_code == 403

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_list_takes_the_same_statements(self, desk, statements, number):
        for _ in range(number):
            asks(ClientFactory(), "look")
        with statements() as seen:
            desk.get(reverse("rights:requests"))
        assert len(seen) == 6, seen


class TestToday:
    def test_what_is_late_or_due_soon_stands_on_the_program_today(self, director, marisol, clock_at, client):
        row = asks(marisol, "correction")
        browser = sign_in(client, director)
        assert "request" not in text(browser.get(reverse("staff_desk:program_today"))).replace("Clients’ requests", "")
        asks(marisol, "channel")
        assert "A client’s request is due within three days." in text(browser.get(reverse("staff_desk:program_today")))
        clock_at(clock.now() + timedelta(days=70))
        page = text(sign_in(client, director).get(reverse("staff_desk:program_today")))
        assert "2 requests of clients are past the day that we promised." in page
        assert row.client == marisol

    def test_who_does_not_answer_is_asked_nothing(self, marisol, statements):
        by = actor("front_desk")
        with statements() as seen:
            assert queries.waiting_for(by, TODAY).number == 0
        assert len(seen) == 0
