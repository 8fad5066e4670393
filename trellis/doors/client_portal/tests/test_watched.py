"""The client sees that we look closely at who opens their record, asks for it, and takes it back."""

import pytest
from django.urls import reverse

from tests.support.live import sign_in
from trellis.people.clients.models import Watch, WatchEnd
from trellis.people.clients.tests.factories import AccountFactory, WatchFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
WE_LOOK = "We look closely at who opens your record"


def looked(me):
    return me.browser.get(reverse("my:looked")).content.decode()


def test_one_tap_asks_for_it_and_one_ends_it(me):
    assert "Look closely at who opens my record" in looked(me)
    answer = me.browser.post(reverse("my:watch"), follow=True).content.decode()
    assert "from now on" in answer
    assert WE_LOOK in looked(me)
    watch = Watch.objects.get()
    assert (watch.client_id, watch.why, watch.reason) == (me.pk, "wish", "")
    assert "You no longer ask for it" in me.browser.post(reverse("my:end_watch"), follow=True).content.decode()
    assert WatchEnd.objects.get().watch == watch
    assert WE_LOOK not in looked(me)
    assert "had not asked" in me.browser.post(reverse("my:end_watch"), follow=True).content.decode()


def test_what_we_decided_they_see_and_do_not_end_and_our_reason_is_not_there(me):
    WatchFactory(client=me, reason="Her sister works at the desk.")
    page = looked(me)
    assert WE_LOOK in page
    assert "We decided this to protect you" in page
    assert "Her sister" not in page
    assert "I no longer need this" not in page
    me.browser.post(reverse("my:end_watch"))
    assert not WatchEnd.objects.exists()


def test_whoever_has_no_record_is_led_to_today(client):
    sign_in(client, AccountFactory(roles=["client"]))
    assert client.post(reverse("my:watch"))["Location"] == reverse("my:today")
    assert not Watch.objects.exists()


def test_their_own_pages_ask_nothing(me):
    WatchFactory(client=me)
    assert "Why do you open" not in looked(me)
