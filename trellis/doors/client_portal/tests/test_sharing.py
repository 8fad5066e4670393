"""Whom we may tell: a client allows, looks and stops, on their own page."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.access.actor import Actor
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.tests.factories import SINCE, AccountFactory, ClientFactory
from trellis.people.consent import actions
from trellis.people.consent.actions.gate import Withheld, disclose
from trellis.people.consent.models import Consent
from trellis.people.consent.tests.factories import in_emergency, say, signed, wanted

pytestmark = pytest.mark.django_db
US = Actor.of_system("test")


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def marisol():
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, with_account=True)


@pytest.fixture
def phone(client, marisol):
    return sign_in(client, marisol.account)


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def shown(page):
    return re.search(r'name="shown_sha256" value="(\w+)"', page.content.decode())[1]


FOR_ANA = {
    "recipient_name": "Ana Ruiz", "recipient_kind": "person", "information": ["attendance"],
    "purposes": ["family_support"], "until": "treatment", "until_day": "",
}  # fmt: skip


def test_nothing_is_shared_until_it_is_signed(phone):
    page = text(phone.get(reverse("my:sharing")))
    assert "You share nothing with anybody" in page
    assert "Nothing changes in your care." in page


def test_a_consent_for_a_sister_is_read_and_signed(phone, marisol):
    where = reverse("my:share")
    page = phone.post(where, FOR_ANA | {"step": "read"})
    assert "Take your time. You do not have to sign" in text(page)
    assert not Consent.objects.exists()
    said = FOR_ANA | {"step": "sign", "shown_sha256": shown(page), "signer_name": "Maria Ruiz"}
    page = text(phone.post(where, said, follow=True))
    assert "It holds from now on" in page
    assert "Ana Ruiz" in page
    assert disclose(by=US, client=marisol, wanted=wanted(), how="spoken", make=say)


def test_the_consent_for_care_is_one_signature(phone):
    where = reverse("my:share_for_care")
    page = phone.post(where, {"until": "never", "step": "read"})
    assert "Where it may go from there" in text(page)
    said = {"until": "never", "step": "sign", "shown_sha256": shown(page), "signer_name": "Maria Ruiz"}
    page = text(phone.post(where, said, follow=True))
    assert "their health plan and whoever pays" in page
    assert "With one signature" not in page


def test_one_tap_stops_it_and_says_what_that_undoes(phone, marisol):
    consent = signed(marisol)
    stop = reverse("my:stop_sharing", args=[consent.public_id])
    page = text(phone.post(stop, follow=True))
    assert "From this moment we tell them nothing more. What we told before cannot be called back." in page
    with pytest.raises(Withheld):
        disclose(by=US, client=marisol, wanted=wanted(), how="spoken", make=say)
    assert "already" in text(phone.post(stop, follow=True))


def test_what_somebody_else_signed_is_not_there(phone):
    other = signed(ClientFactory())
    assert phone.post(reverse("my:stop_sharing", args=[other.public_id])).status_code == 404
    assert not other.ends.exists()


def test_what_was_told_stands_there_with_the_reason(phone, marisol):
    assert "We told nobody anything about you" in text(phone.get(reverse("my:told_to_others")))
    disclose(by=US, client=marisol, wanted=in_emergency(), how="spoken", make=say)
    page = text(phone.get(reverse("my:told_to_others")))
    assert "Dr. Kim" in page
    assert "Medical emergency (2.51)" in page


@pytest.mark.parametrize("number", [1, 30])
def test_the_same_statements_for_one_and_for_thirty(phone, marisol, statements, number):
    for _ in range(number):
        signed(marisol)
        disclose(by=US, client=marisol, wanted=wanted(), how="spoken", make=say)
    with statements() as sharing:
        phone.get(reverse("my:sharing"))
    with statements() as told:
        phone.get(reverse("my:told_to_others"))
    assert (len(sharing), len(told)) == (6, 7), (sharing, told)


def test_whoever_has_no_record_is_led_to_today(client):
    browser = sign_in(client, AccountFactory(roles=["client"]))
    for name in ("sharing", "told_to_others", "share", "share_for_care"):
        assert browser.get(reverse(f"my:{name}")).url == reverse("my:today")
    assert browser.post(reverse("my:stop_sharing", args=["0" * 16])).url == reverse("my:today")


def test_it_reads_in_spanish(phone, marisol):
    actions.revoke(by=US, consent=signed(marisol), how="voice")
    with translation.override("es"):
        page = text(phone.get(reverse("my:sharing")))
    assert "A quién podemos decirle" in page
    assert "Lo que ya no vale" in page
