"""At the end of a stay: what is kept for later reads right later, and whoever was never asked is asked."""

from datetime import time, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.places import finding
from trellis.foundation.places.tests.factories import a_list, a_meeting
from trellis.foundation.program import queries as program
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.continuity.aftercare import actions, presenters, suggested
from trellis.journey.continuity.tests.left import of_stay
from trellis.journey.recovery.tests.factories import MeetingChoiceFactory
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import SINCE, ClientFactory, actor
from trellis.people.rights.tests.pages import text

pytestmark = pytest.mark.django_db
NOBODY_ASKED = "Nobody has asked yet. Ask them. Without a yes nobody calls and nobody writes."
BEFORE = "This was said before this stay. Ask them again."


@pytest.fixture
def client(clock_at):
    clock_at(SINCE.replace(month=11, day=20))
    load_pomona()
    return ClientFactory(in_program=True, language="es")


@pytest.fixture
def director():
    return actor("clinical_director")


def page(by, name, client):
    return text(sign_in(Browser(), Account.objects.get(pk=by.account_id)).get(reverse(name, args=[client.public_id])))


def closed(client, reason):
    with writing("test"):
        client.episodes.update(status="closed", closed_on=clock.now().date(), close_reason=reason)


@pytest.mark.parametrize("name", ["admission:finish", "leaving:discharge"])
def test_both_pages_say_what_was_agreed_and_ask_whoever_was_not_asked(client, director, clock_at, name):
    if name == "leaving:discharge":
        closed(client, "completed")
        of_stay(client.episodes.get())
    assert NOBODY_ASKED in page(director, name, client)
    clock_at(clock.now() - timedelta(days=900))
    actions.agree(by=director, client=client, yes=True, by_phone=True)
    clock_at(clock.now() + timedelta(days=900))
    shown = page(director, name, client)
    assert "Yes: a call." in shown
    assert BEFORE in shown
    actions.agree(by=director, client=client, yes=False)
    shown = page(director, name, client)
    assert "No. Nobody calls or writes." in shown
    assert "Ask them" not in shown


def test_nobody_is_asked_once_somebody_has_died(client, director):
    stay = client.episodes.get()
    assert presenters.agreed(client, stay).ask
    closed(client, "died")
    assert presenters.agreed(client, stay) is None


def test_the_meetings_of_a_first_plan_name_the_weekday_in_the_language_of_the_client(client):
    finding.forget()
    now = clock.now()
    a_meeting(a_list(kind="AA"), name="Steps by the Park", day=(now + timedelta(days=1)).isoweekday() % 7, time=time(9))
    assert suggested.meetings(client, now, program.zone()) == ""
    MeetingChoiceFactory(client=client)
    assert suggested.meetings(client, now, program.zone()) == "Steps by the Park, sábado, 9:00 a. m., Pomona"


def test_the_page_to_print_is_in_the_language_of_the_client(client, director):
    actions.keep_plan(by=director, client=client, words={"people": [], "signs": ["Duermo mal"]}, seen=0)
    browser = sign_in(Browser(), Account.objects.get(pk=director.account_id))
    shown = browser.get(reverse("aftercare:plan", args=[client.public_id])).content.decode()
    assert f'href="/es/desk/clients/{client.public_id}/aftercare/print/"' in shown
