import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from trellis.foundation.messaging.models import Message
from trellis.people.accounts import arrival
from trellis.people.accounts.context import person, present
from trellis.people.accounts.presenters import device_of
from trellis.people.accounts.tests.factories import (
    PASSWORD,
    AccountFactory,
    InvitationFactory,
    account_with,
    actor_of,
    sign_in,
)
from trellis.ui.navigation import NavLink

pytestmark = pytest.mark.django_db
SIGNED_IN = [
    "/accounts/", "/accounts/arrive/", "/accounts/password/", "/accounts/again/", "/accounts/second-step/",
    "/accounts/second-step/app/", "/accounts/passkeys/", "/accounts/passkeys/add/", "/accounts/devices/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def no_limits_left():
    cache.clear()


@pytest.mark.parametrize("page", SIGNED_IN)
def test_a_stranger_is_asked_to_sign_in(client, page):
    assert client.get(page)["Location"].startswith("/accounts/login/")


def test_own_details_change_everywhere_at_once(client):
    account = account_with("client")
    sign_in(client, account)
    answer = client.post("/accounts/", {"chosen_name": "Ana P.", "pronouns": "she/her", "language": "es"})
    assert answer["Location"] == "/es/accounts/"
    account.refresh_from_db()
    assert (account.chosen_name, account.language) == ("Ana P.", "es")


def test_a_wrong_value_is_said_and_what_was_typed_stays(client):
    account = account_with("client", chosen_name="Ana")
    sign_in(client, account)
    page = client.post("/accounts/", {"chosen_name": "", "pronouns": "she/her", "language": "xx"})
    assert page.status_code == 200
    assert 'value="she/her"' in page.content.decode()
    assert page.context["me"].chosen_name == "Ana"


def test_extra_fields_change_nothing(client):
    account = account_with("client")
    sign_in(client, account)
    client.post(
        "/accounts/",
        {"chosen_name": "Ana", "language": "en", "is_active": "", "email": "x@example.org", "role": "biller"},
    )
    account.refresh_from_db()
    assert account.is_active
    assert account.email != "x@example.org"


def test_each_comes_first_to_the_screen_of_their_role(monkeypatch):
    monkeypatch.setattr(arrival, "_screens", {})
    arrival.register("client", "usersessions_list")
    arrival.register("group_facilitator", lambda actor: f"/room-of/{actor.account_id}/")
    leads = account_with("group_facilitator")
    assert arrival.address(actor_of(account_with("client")), "es") == "/es/accounts/devices/"
    assert arrival.address(actor_of(leads), "en") == f"/room-of/{leads.pk}/"
    assert arrival.address(actor_of(account_with("alumnus")), "en") == "/accounts/"


def test_the_password_changes_and_other_devices_are_signed_out(client):
    account = account_with("client")
    elsewhere = sign_in(type(client)(), account)
    sign_in(client, account)
    new = {"password1": "under the apricot tree", "password2": "under the apricot tree"}
    page = client.post("/accounts/password/", new | {"oldpassword": "wrong"})
    assert "not your present password" in page.content.decode()
    page = client.post("/accounts/password/", new | {"oldpassword": PASSWORD, "password2": "other"})
    assert "not the same" in page.content.decode()
    answer = client.post("/accounts/password/", new | {"oldpassword": PASSWORD})
    assert answer["Location"] == "/accounts/"
    assert client.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302


ODD = "  under the \t apricot tree  "


def test_a_new_password_keeps_the_spaces_around_it_however_it_is_set(client):
    account = account_with("client", email="ana@example.org")
    sign_in(client, account)
    new = {"password1": ODD, "password2": ODD}
    assert client.post("/accounts/password/", new | {"oldpassword": f" {PASSWORD}"}).status_code == 200
    assert client.post("/accounts/password/", new | {"oldpassword": PASSWORD})["Location"] == "/accounts/"
    again = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/password/", again | {"oldpassword": ODD.strip()}).status_code == 200
    assert client.post("/accounts/again/", {"password": ODD.strip()}).status_code == 200
    assert client.post("/accounts/again/", {"password": ODD}).status_code == 302
    client.post("/accounts/logout/")
    client.post("/accounts/password/reset/", {"email": "ana@example.org"})
    form = client.get(Message.objects.get().values["url"].removeprefix("http://localhost:8000"), follow=True)
    assert form.content.decode().count('type="password"') == 2
    other = {"password1": f"{ODD} ", "password2": f"{ODD} "}
    assert client.post(form.request["PATH_INFO"], other)["Location"] == "/accounts/password/reset/changed/"
    for typed, status in ((ODD, 200), (f"{ODD} ", 302)):
        assert client.post("/accounts/login/", {"login": "ana@example.org", "password": typed}).status_code == status


INVITED = "/accounts/invitation/a-token-for-tests/"
SECRETS = {
    INVITED: {"password1": "new-password", "password2": "new-password"},
    "/accounts/login/": {"password": "current-password"},
    "/accounts/again/": {"password": "current-password"},
    "/accounts/password/": {
        "oldpassword": "current-password", "password1": "new-password", "password2": "new-password",
    },
}  # fmt: skip


@pytest.mark.parametrize("page", SECRETS)
def test_a_password_is_hidden_while_it_is_typed_and_said_to_be_one(client, page):
    InvitationFactory(about="")
    if page not in ("/accounts/login/", INVITED):
        sign_in(client, account_with("client"))
    html = client.get(page).content.decode()
    fields = {tag for tag in re.findall(r"<input[^>]*>", html) if "password" in tag}
    found = {attribute(tag, "name"): attribute(tag, "autocomplete") for tag in fields}
    assert {attribute(tag, "type") for tag in fields} == {"password"}
    assert found == SECRETS[page]
    assert not any("maxlength" in tag or "readonly" in tag for tag in fields)


def attribute(tag, name):
    return re.search(rf'\b{name}="([^"]*)"', tag)[1]


def test_own_devices_are_listed_and_ended_by_whoever_knows_the_password(client):
    account_with("client", email="ana@example.org")
    elsewhere = type(client)(headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) AppleWebKit Safari/605"})
    for browser in (elsewhere, client):
        browser.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    page = client.get("/accounts/devices/").content.decode()
    assert "Safari, iPhone" in page
    assert "This one" in page
    again = client.post("/accounts/devices/")["Location"]
    assert again.startswith("/accounts/again/")
    assert elsewhere.get("/accounts/").status_code == 200
    client.post(again, {"password": PASSWORD})
    assert elsewhere.get("/accounts/").status_code == 302
    page = client.get("/accounts/devices/").content.decode()
    assert page.count("Sign out everywhere else") == 1  # in the sentence, not as a button


def test_a_browser_that_says_nothing_is_a_device_we_do_not_know():
    account = AccountFactory()
    assert device_of("curl/8", account.created_at).title == "A device we do not know"


@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org", "off@example.org"])
def test_the_answer_to_a_forgotten_password_is_one_whoever_is_here(client, email):
    account_with("client", email="ana@example.org", language="es")
    AccountFactory(email="off@example.org", is_active=False)
    answer = client.post("/accounts/password/reset/", {"email": email})
    assert answer["Location"] == "/accounts/password/reset/done/"
    assert "If somebody signs in here" in client.get(answer["Location"]).content.decode()
    message = Message.objects.get()
    assert message.to == email
    assert (message.kind, message.language) == (
        ("account.reset", "es") if email.startswith("ana") else ("account.unknown", "en")
    )


def test_a_reset_link_leads_to_the_set_origin_works_once_and_leaves_the_second_step(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "elsewhere.example"]
    account = account_with("counselor", email="marcus@example.org")
    client.post("/accounts/password/reset/", {"email": "marcus@example.org"}, headers={"Host": "elsewhere.example"})
    link = Message.objects.get().values["url"]
    assert link.startswith("http://localhost:8000/accounts/password/reset/")
    page = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    assert "Choose a new password" in page.content.decode()
    new = {"password1": "under the apricot tree", "password2": "under the apricot tree"}
    form = page.request["PATH_INFO"]
    assert "not the same" in client.post(form, new | {"password2": "x"}).content.decode()
    assert "at least 12" in client.post(form, {"password1": "short", "password2": "short"}).content.decode()
    assert client.post(form, new)["Location"] == "/accounts/password/reset/changed/"
    assert client.get("/accounts/password/reset/changed/").status_code == 200
    answer = client.post("/accounts/login/", {"login": "marcus@example.org", "password": new["password1"]})
    assert answer["Location"] == "/accounts/login/code/"
    account.refresh_from_db()
    assert not account.uses_pin
    again = type(client)().get(link.removeprefix("http://localhost:8000"), follow=True)
    assert "This link does not work any more" in again.content.decode()


@pytest.mark.parametrize("broken", ["\n", "\r\n", "\r", "%0a", "\n "], ids=repr)
def test_an_address_with_a_line_break_is_no_address(client, broken):
    account_with("client", email="ana@example.org")
    answer = client.post("/accounts/password/reset/", {"email": f"ana@example.org{broken}Bcc: eve@evil.example"})
    assert answer.status_code == 200
    assert not Message.objects.exists()


def test_a_reset_of_one_address_meets_a_limit(client):
    codes = [client.post("/accounts/password/reset/", {"email": "ana@example.org"}).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]


def test_navigation_marks_the_place_that_the_page_stands_under():
    links = [NavLink("a", "A", "/desk/", "inbox"), NavLink("b", "B", "/desk/staff/", "users")]
    assert present(links, "/desk/staff/x/") == "b"
    assert present(links, "/desk/other/") == "a"
    assert present(links, "/my/") == ""


def test_a_stranger_costs_no_statement(client, statements):
    with statements() as seen:
        client.get("/accounts/password/reset/")
    assert not seen


def test_a_request_without_an_actor_has_no_person(rf):
    assert person(rf.get("/")) == {}


@pytest.mark.parametrize("role", ["client", "loved_one", "counselor"])
def test_pages_know_who_is_signed_in(client, role):
    account = account_with(role)
    sign_in(client, account)
    context = client.get("/accounts/").context
    assert context["signed_in_name"] == account.chosen_name
    assert context["signout_url"] == reverse("account_logout")
    assert context["home_url"] == reverse("accounts:arrive")


def test_signed_in_pages_cost_few_statements(client, statements):
    sign_in(client, account_with("client"))
    client.get("/accounts/still-here/")
    with statements() as seen:
        client.post("/accounts/still-here/")
    assert len(seen) == 2, seen
