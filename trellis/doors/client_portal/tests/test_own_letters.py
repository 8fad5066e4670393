"""A client asks for a letter, and sees what becomes of it."""

from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.continuity.leaving import actions, own_letters
from trellis.journey.continuity.tests.left import asked_for, ended
from trellis.people.clients.tests.factories import SINCE, AccountFactory, ClientFactory, actor, actor_of
from trellis.people.rights.tests.pages import text

pytestmark = pytest.mark.django_db
SENT = {
    "audience": "employer", "kind": "attendance", "recipient": "Citrus Foods", "recipient_kind": "organization",
    "due_on": "2026-11-25",
}  # fmt: skip
SAID = SENT | {"due_on": date(2026, 11, 25)}


@pytest.fixture
def marisol(clock_at):
    clock_at(SINCE.replace(month=11, day=20))
    load_pomona()
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, account=AccountFactory(roles=["client"]))


@pytest.fixture
def phone(marisol):
    return sign_in(Browser(), marisol.account)


def test_a_client_asks_and_it_stands_on_the_list_of_both(phone, marisol):
    page = text(phone.post(reverse("my:letters"), SENT, follow=True))
    assert "Asked for. Due Nov. 25, 2026" in page
    assert "Without your yes to Citrus Foods we send none." in page
    row = marisol.letter_requests.get()
    assert (row.asked_by, row.until) == ("Marisol Ruiz", date(2026, 11, 20))
    assert row.since == marisol.episodes.get().opened_on


@pytest.mark.parametrize(("day", "why"), [("2026-11-19", "has passed"), ("2026-11-21", "too near")])
def test_a_day_that_does_not_fit_is_said_and_nothing_typed_is_lost(phone, marisol, day, why):
    page = phone.post(reverse("my:letters"), SENT | {"due_on": day})
    assert why in text(page)
    assert 'value="Citrus Foods"' in page.content.decode()
    assert f'value="{day}"' in page.content.decode()
    with pytest.raises(Refused, match=why):
        own_letters.ask(by=actor_of(marisol.account), client=marisol, **SAID | {"due_on": date.fromisoformat(day)})
    assert not marisol.letter_requests.exists()


def test_nobody_asks_twice_for_the_same_nor_about_somebody_else(marisol):
    me = actor_of(marisol.account)
    own_letters.ask(by=me, client=marisol, **SAID)
    with pytest.raises(Refused, match="already"):
        own_letters.ask(by=me, client=marisol, **SAID | {"recipient": " citrus  foods"})
    with pytest.raises(NotPermitted):
        own_letters.ask(by=me, client=ClientFactory(in_program=True), **SAID)


def test_why_there_is_no_letter_is_told_by_a_person(phone, marisol):
    row = asked_for(marisol)
    actions.close_letter(by=actor("clinical_director"), row=row, how="refused", why="Her employer called us")
    page = text(phone.get(reverse("my:letters")))
    assert "There is no letter. Ask us why." in page
    assert "Her employer called" not in page


def test_the_page_is_whole_in_spanish(phone, marisol):
    asked_for(marisol)
    with translation.override("es"):
        address = reverse("my:letters")
    page = text(phone.post(address, SENT | {"due_on": "2026-11-19"}))
    assert "Pida una carta" in page
    assert "Este día ya pasó" in page
    assert "Sin su sí a Citrus Foods no enviamos ninguna." in page


def test_the_staffs_page_stays_closed_to_a_client(phone, marisol):
    assert phone.get(reverse("leaving:ask_letter", args=[marisol.public_id])).status_code == 403


def test_whoever_left_asks_about_their_last_stay_and_whoever_never_came_is_told_why_not(marisol):
    former = ClientFactory(account=AccountFactory(roles=["alumnus"]))
    last = ended(former).episode
    row = own_letters.ask(by=actor_of(former.account), client=former, **SAID)
    assert (row.since, row.until) == (last.opened_on, last.closed_on)
    waiting = ClientFactory(account=AccountFactory(roles=["client"]))
    with pytest.raises(Refused, match="no days here yet"):
        own_letters.ask(by=actor_of(waiting.account), client=waiting, **SAID)
