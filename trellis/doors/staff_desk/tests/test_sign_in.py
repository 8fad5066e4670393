"""A client's sign-in, set up and given back in person."""

import pytest
from django.core.cache import cache

from tests.cast import Cast
from trellis.foundation.audit import trail
from trellis.foundation.messaging.models import Message
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.models import Account, Invitation
from trellis.people.accounts.tests.factories import PASSWORD, account_with
from trellis.people.clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db
PIN = {"username": "Blue.River7", "pin": "482915", "pin_again": "482915"}


@pytest.fixture
def cast():
    cache.clear()
    load_pomona()
    return Cast()


@pytest.fixture
def desk(cast):
    return cast.client("front_desk")


def page(person, rest=""):
    return f"/desk/clients/{person.public_id}/sign-in/{rest}"


def link_on(answer):
    return answer.content.decode().split('<code class="strong">http://localhost:8000')[1].split("<")[0]


def test_a_client_without_email_gets_a_name_and_a_pin_and_signs_in(cast, desk, client):
    person = ClientFactory(email="", chosen_name="Rosa Camacho", language="es")
    assert "Set up a sign-in" in desk.get(page(person)).content.decode()
    assert desk.post(page(person, "pin/"), PIN)["Location"] == page(person)
    person.refresh_from_db()
    assert (person.account.username, person.account.uses_pin, person.account.language) == ("blue.river7", True, "es")
    assert {"account.set_up_at_desk", "client.link_account"} <= {e.verb for e in trail.about(f"client:{person.pk}")}
    answer = client.post("/accounts/login/", {"login": "blue.river7", "password": "482915"})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"pin": "123456", "pin_again": "123456"}, "does not count up or down"),
        ({"pin": "1234", "pin_again": "1234"}, "6 to 12 digits"),
        ({"pin_again": "482916"}, "not the same"),
        ({"username": "a b"}, "3 to 40 letters"),
        ({"username": "taken.name"}, "Choose another"),
        ({"pin": ""}, "This field is required"),
    ],
)
def test_what_does_not_work_is_said_and_the_name_stays(cast, desk, typed, sentence):
    account_with("client", at_the_desk=True, username="taken.name")
    person = ClientFactory(email="")
    answer = desk.post(page(person, "pin/"), PIN | typed)
    assert sentence in answer.content.decode()
    assert "482915" not in answer.content.decode()
    person.refresh_from_db()
    assert person.account is None


def test_a_lost_pin_is_given_back_in_person(cast, desk, client):
    person = ClientFactory(email="", account=account_with("client", at_the_desk=True, username="blue.river7"))
    lost = type(client)()
    lost.post("/accounts/login/", {"login": "blue.river7", "password": PASSWORD})
    form = desk.get(page(person, "pin/")).content.decode()
    assert "blue.river7" in form
    assert 'name="username"' not in form
    desk.post(page(person, "pin/"), {"pin": "482915", "pin_again": "482915"})
    assert lost.get("/accounts/").status_code == 302
    assert client.post("/accounts/login/", {"login": "blue.river7", "password": "482915"}).status_code == 302


def test_a_link_by_email_says_nothing_and_stands_on_one_answer(cast, desk, client):
    person = ClientFactory(email="rosa@example.org", chosen_name="Rosa Camacho")
    answer = desk.post(page(person, "link/"), {"by_mail": "1"})
    address = link_on(answer)
    assert Message.objects.get().to == "rosa@example.org"
    assert address not in desk.get(page(person)).content.decode()
    assert desk.get(page(person, "link/"))["Location"] == page(person)
    form = {
        "chosen_name": "Rosa C.",
        "language": "es",
        "password1": "under the apricot tree",
        "password2": "under the apricot tree",
    }
    assert client.post(address, form).status_code == 302
    person.refresh_from_db()
    assert person.account == Account.objects.get(email="rosa@example.org")


def test_a_link_to_hand_over_goes_nowhere_else(cast, desk):
    person = ClientFactory(email="rosa@example.org")
    assert "Hand it over" in desk.post(page(person, "link/")).content.decode()
    assert not Message.objects.exists()
    assert Invitation.objects.get().email == ""


def test_a_lost_password_comes_back_by_a_link(cast, desk, client):
    account = account_with("client", email="rosa@example.org")
    person = ClientFactory(account=account)
    assert "A link for a new password" in desk.get(page(person)).content.decode()
    address = link_on(desk.post(page(person, "link/")))
    assert (
        client.post(address, {"password1": "under the apricot tree", "password2": "under the apricot tree"}).status_code
        == 302
    )
    account.refresh_from_db()
    assert account.check_password("under the apricot tree")


def test_an_address_that_signs_somebody_else_in_is_said(cast, desk):
    account_with("client", email="shared@example.org")
    person = ClientFactory(email="shared@example.org")
    answer = desk.post(page(person, "link/"), {"by_mail": "1"}, follow=True)
    assert "Somebody else signs in with this" in answer.content.decode()


def test_somebody_who_also_works_here_gets_nothing_from_the_desk(cast, desk):
    person = ClientFactory(account=cast.account("biller"))
    answer = desk.post(page(person, "link/"), follow=True)
    assert "get a new password by email" in answer.content.decode()
    answer = desk.post(page(person, "pin/"), {"pin": "482915", "pin_again": "482915"})
    assert "do not sign in with a PIN" in answer.content.decode()


@pytest.mark.parametrize("role", ["counselor", "therapist", "biller", "clinical_director", "client", "loved_one"])
@pytest.mark.parametrize("rest", ["", "pin/", "link/"])
def test_only_the_desk_and_the_office_set_up_a_sign_in(cast, role, rest):
    person = ClientFactory()
    assert cast.client(role).get(page(person, rest)).status_code == 403
    assert cast.client(role).post(page(person, rest), PIN).status_code == 403


def test_nobody_there_and_not_yours_look_the_same(desk):
    assert desk.get("/desk/clients/nobody/sign-in/").status_code == 404


def test_the_clients_page_leads_here(cast, desk):
    person = ClientFactory()
    assert page(person) in desk.get(f"/desk/clients/{person.public_id}/").content.decode()
    assert "/sign-in/" not in cast.client("biller").get(f"/desk/clients/{person.public_id}/").content.decode()


def test_each_look_writes_one_event(desk):
    person = ClientFactory()
    for rest in ("", "pin/"):
        desk.get(page(person, rest))
    verbs = [e.verb for e in trail.about(f"client:{person.pk}")]
    assert verbs == ["opened account.set_up_at_desk"] * 2
