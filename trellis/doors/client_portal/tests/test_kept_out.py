"""The client closes their record to somebody who works here, by name, and opens it again."""

import pytest
from django.urls import reverse

from trellis.foundation.access.permissions import may
from trellis.journey.admission.tests.factories import AdmissionFactory, InquiryFactory
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import actor_of
from trellis.people.clients.models import KeptOut
from trellis.people.clients.tests.factories import KeptOutFactory, StaffMemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


@pytest.fixture
def cousin():
    return StaffMemberFactory(account__roles=["intake_coordinator"], account__chosen_name="Rosa Peña").account


def page(me, name=None):
    address = reverse("my:kept_out")
    answer = me.browser.get(address) if name is None else me.browser.post(address, {"name": name}, follow=True)
    return answer.content.decode()


def test_a_name_closes_it_at_once_however_it_is_spelled(me, cousin):
    assert "Your record is closed to Rosa Peña." in page(me, " rosa pena ")
    assert not may(actor_of(Account.objects.get(pk=cousin.pk)), "client.read", me)


def test_what_they_were_before_they_were_a_client_is_closed_too(me, cousin):
    inquiry = InquiryFactory()
    AdmissionFactory(client=me, inquiry=inquiry)
    page(me, "Rosa Peña")
    by = actor_of(Account.objects.get(pk=cousin.pk))
    assert by.kept_out == {f"client:{me.pk}", f"inquiry:{inquiry.pk}"}
    assert not may(by, "inquiry.work", inquiry)


def test_it_is_opened_again_with_one_tap(me, cousin):
    page(me, "Rosa Peña")
    kept = KeptOut.objects.get()
    answer = me.browser.post(reverse("my:let_in", args=[kept.public_id]), follow=True).content.decode()
    assert "Rosa Peña can see your record again." in answer
    assert me.browser.post(reverse("my:let_in", args=[kept.public_id])).status_code == 404


@pytest.mark.parametrize(
    ("name", "sentence"), [("Nobody Here", "Nobody with this name works here now"), ("", "field is required")]
)
def test_a_name_that_fits_nobody_closes_nothing_and_stays_typed(me, cousin, name, sentence):
    answer = page(me, name)
    assert sentence in answer or "Write" in answer
    assert f'value="{name}"' in answer or not name
    assert not KeptOut.objects.exists()


def test_two_of_one_name_are_asked_about_and_never_guessed(me, cousin):
    StaffMemberFactory(account__roles=["biller"], account__chosen_name="Rosa Pena")
    assert "More than one person here has this name" in page(me, "Rosa Peña")
    assert not KeptOut.objects.exists()


def test_whoever_told_us_that_they_know_each_other_stands_there(me, cousin):
    KeptOutFactory(client=me, account=cousin, why="knows")
    assert "They told us that you know each other" in page(me)


def test_somebody_elses_row_is_not_there(me, cousin):
    kept = KeptOutFactory(account=cousin)
    assert me.browser.post(reverse("my:let_in", args=[kept.public_id])).status_code == 404
