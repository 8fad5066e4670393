"""The client reads where intermediaries passed it on, prints it, and asks for the list in writing."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation.access.actor import Actor
from trellis.people.clients.tests.factories import AccountFactory
from trellis.people.consent import actions
from trellis.people.consent.actions import gate
from trellis.people.consent.tests.factories import EXCHANGE, for_exchange, say, signed, wanted
from trellis.people.rights.models import RightsRequest
from trellis.people.rights.requests import queries

pytestmark = pytest.mark.django_db
BY = Actor.of_system("test")


@pytest.mark.parametrize(
    ("address", "said"),
    [("/my/sharing/passed-on/", "Print this list"), ("/my/sharing/passed-on/print/", "The last three years")],
)
def test_the_list_is_theirs_to_read_and_to_print(me, address, said):
    signed(me, for_exchange())
    asks = wanted(recipient=EXCHANGE, purpose="treatment")
    disclosure = gate.disclose(by=BY, client=me, wanted=asks, how="paper", make=say).disclosure
    actions.note_passed_on(
        by=BY, client=me, disclosure=disclosure, entity="Alder Clinic", on=queries.today(), what="The days she came"
    )
    page = me.browser.get(address).content.decode()
    for shown in ("Alder Clinic", "The days she came", "Valley Exchange", "This program is not an intermediary", said):
        assert shown in page
    assert "Este programa no es un intermediario" in me.browser.get(f"/es{address}").content.decode()


def test_somebody_without_a_record_is_sent_to_today(db):
    browser = sign_in(Browser(), AccountFactory(roles=["client"]))
    for address in ("/my/sharing/passed-on/", "/my/sharing/passed-on/print/"):
        assert browser.get(address)["Location"] == "/my/today/"


def test_the_list_is_asked_for_in_writing_and_due_in_thirty_days(me):
    answer = me.browser.post("/my/rights/ask/passed-on/", {"wanted": "Valley Exchange"}, follow=True)
    assert "We have it." in answer.content.decode()
    request = RightsRequest.objects.get()
    assert request.due_on == queries.today() + timedelta(days=30)
