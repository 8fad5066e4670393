"""Meetings on Today, and what a client says about them."""

import re
from datetime import time

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.support import weight
from tests.support.live import sign_in
from trellis.foundation.places import finding
from trellis.foundation.places.tests.factories import a_list, a_meeting
from trellis.foundation.record.guard import writing
from trellis.journey.recovery.models import MeetingChoice
from trellis.journey.recovery.tests.factories import MeetingChoiceFactory
from trellis.people.clients.tests.factories import AccountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]

WEDNESDAY = 3
OFFER = "Say what fits you, and the next two stand here."


@pytest.fixture(autouse=True)
def _nothing_kept(db):
    finding.forget()


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def today(me, language="en"):
    with override(language):
        return me.browser.get(reverse("my:today"))


def tonight(n=3):
    aa = a_list(kind="AA")
    return [
        a_meeting(aa, name=f"Porch {number}", day=WEDNESDAY, time=time(20 + number % 3, 45 + number % 15))
        for number in range(n)
    ]


class TestToday:
    def test_nothing_is_shown_before_they_choose(self, me):
        tonight()
        page = text(today(me))
        assert OFFER in page
        assert "Porch" not in page

    def test_the_next_two_that_fit_and_the_way_to_more(self, me):
        first, second, _third = tonight()
        MeetingChoiceFactory(client=me)
        page = today(me)
        assert "8:45 pm Porch 0 Today · 1.5 miles · Pomona · AA 9:46 pm Porch 1" in text(page)
        assert "Porch 2" not in text(page)
        html = page.content.decode()
        for meeting in (first, second):
            assert f'href="{reverse("meetings:one", args=[meeting.public_id])}"' in html
        assert 'href="/meetings/?near=91766&amp;within=15&amp;way=both"' in html
        assert OFFER not in text(page)

    def test_a_meeting_during_their_own_group_is_not_for_them(self, me):
        a_meeting(a_list(), name="Meanwhile", day=WEDNESDAY, time=time(19))
        tonight()
        MeetingChoiceFactory(client=me)
        page = text(today(me))
        assert "Meanwhile" not in page
        assert "Porch 0" in page

    def test_in_spanish(self, me):
        tonight()
        MeetingChoiceFactory(client=me)
        page = text(today(me, "es"))
        assert "Reuniones cerca de usted" in page
        assert "8:45 p. m. Porch 0 Hoy · 1.5 millas · Pomona · AA" in page

    def test_where_none_fits_the_page_says_so_and_leads_to_the_choice(self, me):
        tonight()
        MeetingChoiceFactory(client=me, kinds=["LifeRing"])
        page = today(me)
        assert "No meeting on our lists fits all that you chose." in text(page)
        assert f'href="{reverse("my:meetings")}"' in page.content.decode()

    def test_whoever_wants_none_here_sees_none_and_can_change_it(self, me):
        tonight()
        MeetingChoiceFactory(client=me, on_today=False)
        page = today(me)
        assert "Porch" not in text(page)
        assert OFFER not in text(page)
        assert f'href="{reverse("my:meetings")}"' in page.content.decode()

    def test_whoever_has_finished_sees_them_too(self, me):
        tonight()
        MeetingChoiceFactory(client=me)
        with writing("test"):
            type(me.episode).objects.filter(pk=me.episode.pk).update(
                status="closed", closed_on="2026-11-20", close_reason="completed"
            )
        page = text(today(me))
        assert "Your groups here have ended" in page
        assert "Porch 0" in page

    @pytest.mark.parametrize("many", [1, 30])
    def test_it_takes_few_statements(self, me, many, statements):
        tonight(many)
        MeetingChoiceFactory(client=me)
        today(me)
        with statements() as seen:
            today(me)
        assert len(seen) <= 23  # sixteen without a choice

    @pytest.mark.parametrize("language", ["en", "es"])
    def test_a_first_load_stays_at_most_60_kb(self, me, language):
        tonight()
        MeetingChoiceFactory(client=me)
        assert weight.total(weight.first_view(today(me, language))) <= 60_000


class TestChoosing:
    def test_they_say_what_fits_and_today_shows_it(self, me):
        tonight()
        address = reverse("my:meetings")
        assert "Which meetings fit you?" in text(me.browser.get(address))
        sent = {"start": "91766", "miles": "5", "kinds": ["AA"], "on_today": "on"}
        page = text(me.browser.post(address, sent, follow=True))
        assert "Saved. You can change it whenever you like." in page
        assert "Porch 0" in page
        assert MeetingChoice.objects.get(client=me).miles == 5

    def test_a_place_that_nobody_knows_gets_a_sentence_and_nothing_typed_is_lost(self, me):
        page = me.browser.post(reverse("my:meetings"), {"start": "99999", "miles": "5"})
        assert "We do not know this ZIP code or place." in text(page)
        assert 'value="99999"' in page.content.decode()
        assert not MeetingChoice.objects.exists()

    def test_a_faulty_form_says_what_to_do(self, me):
        page = me.browser.post(reverse("my:meetings"), {"miles": "many"})
        assert page.status_code == 200
        assert not MeetingChoice.objects.exists()

    def test_whoever_has_no_record_is_led_to_today(self, client):
        sign_in(client, AccountFactory(roles=["alumnus"]))
        assert client.get(reverse("my:meetings")).url == reverse("my:today")
