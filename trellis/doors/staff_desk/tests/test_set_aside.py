"""Messages that did not go out: why, and who sees to it."""

import pytest

from tests.support.live import sign_in
from trellis.doors.staff_desk.set_aside.presenters import SENTENCES
from trellis.doors.staff_desk.tests.messages import set_aside
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.tests.factories import ClientFactory, StaffMemberFactory, actor

pytestmark = pytest.mark.django_db
PAGE = "/desk/set-aside/"


@pytest.fixture
def director(db):
    load_pomona()
    return StaffMemberFactory(account__roles=["clinical_director"]).account


@pytest.fixture
def desk(client, director):
    return sign_in(client, director)


def words(desk, address=PAGE):
    return desk.get(address).content.decode()


def test_every_reason_has_a_sentence():
    assert set(SENTENCES) == set(Why)


def test_with_nothing_set_aside_the_page_says_so(desk):
    assert "Every message went out" in words(desk)


def test_it_says_whom_and_why_and_neither_words_nor_address(desk):
    marisol = ClientFactory(chosen_name="Marisol Ruiz")
    set_aside(marisol)
    set_aside(why=Why.TRIES)
    page = words(desk)
    assert "2 messages were set aside" in page
    assert "About Marisol Ruiz" in page
    assert f'href="/desk/clients/{marisol.public_id}/"' in page
    assert "no longer wants to be reached this way" in page
    assert "The mail server did not take it." in page
    assert "somebody@example.org" not in page


def test_the_program_today_names_it(desk):
    set_aside()
    assert "One message did not go out." in words(desk, "/desk/today/")


def test_seen_to_in_another_way_it_leaves_the_list(desk):
    message = set_aside(ClientFactory())
    answer = desk.post(f"{PAGE}{message.public_id}/seen-to/", follow=True).content.decode()
    assert "Seen to. It does not go out." in answer
    assert "Every message went out" in answer
    assert Message.objects.get().status == "settled"
    assert desk.post(f"{PAGE}{message.public_id}/seen-to/").status_code == 404


def test_tried_again_it_waits_to_be_asked_about_again(desk):
    message = set_aside(ClientFactory())
    assert "comes back here" in desk.post(f"{PAGE}{message.public_id}/again/", follow=True).content.decode()
    message.refresh_from_db()
    assert (message.status, message.parked_why) == ("queued", "")


def test_somebody_kept_out_of_a_record_does_not_see_its_messages(client, director):
    marisol = ClientFactory(chosen_name="Marisol Ruiz")
    message = set_aside(marisol)
    keep_out(by=actor("program_administrator"), client=marisol, account=director)
    desk = sign_in(client, Account.objects.get(pk=director.pk))
    assert "Marisol" not in words(desk)
    assert desk.post(f"{PAGE}{message.public_id}/seen-to/").status_code == 404


def test_thirty_messages_take_as_many_statements_as_one(desk, statements):
    set_aside(ClientFactory())
    words(desk)
    with statements() as one:
        words(desk)
    for _ in range(29):
        set_aside(ClientFactory())
    with statements() as many:
        words(desk)
    assert len(many) == len(one)
