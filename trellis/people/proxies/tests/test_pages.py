"""The staff's page: who acts for a client, a representative entered with the paper, one ended."""

import html
import re

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.support.live import sign_in
from trellis.people.clients.tests.factories import StaffMemberFactory, actor
from trellis.people.consent.actions import set_standing
from trellis.people.proxies.models import ProxyAccess, ProxyEnd
from trellis.people.proxies.tests.factories import acting, lets_in

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Rosa Vega", "basis": "guardian", "paper": "Letters of conservatorship",
    "paper_issued_by": "Superior Court", "paper_issued_on": "2026-09-01",
    "parts": ["week", "record"], "until": "2027-03-01",
}  # fmt: skip


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def desk(program):
    return sign_in(Browser(), StaffMemberFactory(account__roles=["program_administrator"]).account)


def url(name, *args):
    return reverse(f"proxies:{name}", args=args)


def test_it_says_who_acts_and_whether_they_may_now(desk, marisol):
    acting(marisol)
    page = text(desk.get(url("of_client", marisol.public_id)))
    assert "Ana Ruiz" in page
    assert "The client lets them in · as long as the consent holds" in page
    assert "Open to them now" in page


def test_the_clients_page_leads_there(desk, marisol):
    lets_in(marisol)
    page = text(desk.get(reverse("clients:client", args=[marisol.public_id])))
    assert "Who acts for them Ana Ruiz" in page
    assert "The link was not opened yet" in page


def test_a_representative_is_entered_with_the_paper(desk, marisol):
    set_standing(
        by=actor("clinical_director"), client=marisol, deceased=False, minor_consented_alone=False,
        guardian_appointed=True, restricted=(),
    )  # fmt: skip
    page = text(desk.post(url("enter", marisol.public_id), TYPED))
    assert "The link for Rosa Vega" in page
    assert "/accounts/invitation/" in page
    listed = text(desk.get(url("of_client", marisol.public_id)))
    assert "Letters of conservatorship, issued by Superior Court on Sept. 1, 2026" in listed
    assert "until March 1, 2027" in listed


def test_a_refusal_keeps_what_was_typed(desk, marisol):
    page = desk.post(url("enter", marisol.public_id), TYPED)
    assert "No guardian is appointed" in text(page)
    assert 'value="Rosa Vega"' in page.content.decode()
    assert not ProxyAccess.objects.exists()


def test_what_is_missing_is_said_at_its_field(desk, marisol):
    page = text(desk.post(url("enter", marisol.public_id), {}))
    assert "Write the full name, as it stands on the paper." in page
    assert "Choose at least one thing that they may do." in page


def test_whoever_hears_stop_ends_it(desk, marisol):
    _account, access = acting(marisol)
    page = text(desk.post(url("end", marisol.public_id, access.public_id), follow=True))
    assert "Ended. From this moment they open nothing here." in page
    assert "It was ended." in page
    assert ProxyEnd.objects.get().access_id == access.pk


def test_who_may_not_enter_one_sees_no_way_to_it(marisol):
    desk = sign_in(Browser(), StaffMemberFactory(account__roles=["front_desk"]).account)
    page = desk.get(url("of_client", marisol.public_id))
    assert "Nobody acts for this client" in text(page)
    assert url("enter", marisol.public_id) not in page.content.decode()
    assert desk.get(url("enter", marisol.public_id)).status_code == 403


def test_who_may_not_read_it_sees_no_panel(marisol):
    desk = sign_in(Browser(), StaffMemberFactory(account__roles=["biller"]).account)
    assert "Who acts for them" not in text(desk.get(reverse("clients:client", args=[marisol.public_id])))
