"""The client lets somebody act for them, sees it, sees their looks, and ends it with one tap."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.tests.factories import SINCE, AccountFactory, ClientFactory, actor, actor_of
from trellis.people.consent.actions import set_standing
from trellis.people.consent.tests.factories import signed
from trellis.people.proxies.models import ProxyAccess
from trellis.people.proxies.rules import Basis
from trellis.people.proxies.tests.factories import acting, enters, takes_up
from trellis.people.rights.own_copy.actions import take
from trellis.people.rights.tests.pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def marisol(clock_at):
    clock_at(SINCE)
    load_pomona()
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, with_account=True)


@pytest.fixture
def phone(marisol):
    return sign_in(Browser(), marisol.account)


def test_without_a_consent_the_page_says_what_comes_first(phone):
    page = text(phone.get(reverse("my:helpers")))
    assert "Nobody acts for you" in page
    assert "First you sign a consent that names them." in page


def test_one_form_makes_a_link_that_is_shown_once(phone, marisol):
    signed(marisol)
    until = (clock.now() + timedelta(days=30)).date().isoformat()
    made = text(phone.post(reverse("my:helpers"), {"name": "Ana Ruiz", "parts": ["week"], "until": until}))
    assert "The link for Ana Ruiz" in made
    assert "/accounts/invitation/" in made
    page = text(phone.get(reverse("my:helpers")))
    assert "The link was not opened yet" in page
    assert "/accounts/invitation/" not in page
    assert "see my week" in page


def test_a_name_that_no_consent_has_is_no_choice(phone, marisol):
    signed(marisol)
    page = text(phone.post(reverse("my:helpers"), {"name": "Jorge Reyes", "parts": ["week"]}))
    assert "Jorge Reyes" in page
    assert not ProxyAccess.objects.exists()


def test_a_refusal_is_a_sentence_on_the_page(phone, marisol):
    acting(marisol)
    page = text(phone.post(reverse("my:helpers"), {"name": "Ana Ruiz", "parts": ["week"]}))
    assert "Ana Ruiz has this already. End it first, and then begin anew." in page


def test_one_tap_ends_it(phone, marisol):
    account, access = acting(marisol)
    helper = sign_in(Browser(), account)
    assert helper.get(reverse("family:week", args=[access.public_id])).status_code == 200
    page = text(phone.post(reverse("my:end_helper", args=[access.public_id]), follow=True))
    assert "Ended. From this moment they see nothing of you here." in page
    assert helper.get(reverse("family:week", args=[access.public_id])).status_code == 404


def test_what_a_court_gave_is_seen_and_not_ended_here(phone, marisol):
    set_standing(
        by=actor("clinical_director"), client=marisol, deceased=False, minor_consented_alone=False,
        guardian_appointed=True, restricted=(),
    )  # fmt: skip
    made = enters(marisol, Basis.GUARDIAN)
    takes_up(made)
    page = text(phone.get(reverse("my:helpers")))
    assert "your guardian or conservator, by a court" in page
    assert "End it now" not in page
    page = text(phone.post(reverse("my:end_helper", args=[made.access.public_id]), follow=True))
    assert "A court or the law gave them this" in page


def test_their_looks_stand_in_who_looked(marisol, clock_at):
    clock_at(datetime.now(UTC))  # the trail is dated by the database
    account, access = acting(marisol)
    sign_in(Browser(), account).get(reverse("family:week", args=[access.public_id]))
    page = text(sign_in(Browser(), marisol.account).get(reverse("my:looked")))
    assert "Somebody who acts for you" in page
    assert "to see your week" in page
    assert "Ana Ruiz" not in page


def test_it_is_in_the_own_copy(marisol):
    acting(marisol)
    found = {one.key: one for one in take(by=actor_of(marisol.account), client=marisol).sections}["proxies"]
    assert [line.value for line in found.entries[0]][:3] == ["Ana Ruiz", "consent", ["week", "tell", "record", "ask"]]


def test_somebody_without_a_record_is_led_home(clock_at):
    clock_at(SINCE)
    load_pomona()
    browser = sign_in(Browser(), AccountFactory(roles=["client"]))
    assert browser.get(reverse("my:helpers")).url == reverse("my:today")
    assert browser.post(reverse("my:end_helper", args=["x" * 16])).url == reverse("my:today")
