"""Staff reach nothing without a second step; everybody may have one."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from trellis.foundation.access.roles import STAFF
from trellis.foundation.audit import trail
from trellis.people.accounts.tests.factories import PASSWORD, account_with, code_now, show_again, sign_in

pytestmark = pytest.mark.django_db

SET_UP = "/accounts/second-step/"


@pytest.fixture(autouse=True)
def no_limits_left():
    cache.clear()


@pytest.mark.parametrize("role", [role.key for role in STAFF])
def test_staff_with_a_password_alone_are_led_to_set_one_up(client, role):
    sign_in(client, account_with(role, second_factor=False))
    for page in ("/accounts/", "/accounts/devices/", "/accounts/password/", "/desk/", "/desk/staff/"):
        answer = client.get(page)
        assert answer["Location"].startswith(f"{SET_UP}?next="), page
    assert "Set up a second step" in client.get(SET_UP).content.decode()


def test_staff_whose_session_showed_none_are_asked_for_the_one_they_have(client):
    sign_in(client, account_with("counselor"), second_step=False)
    answer = client.get("/accounts/")
    assert answer["Location"] == "/accounts/again/code/?next=%2Faccounts%2F"
    answer = client.post(answer["Location"], {"code": code_now(), "next": "/accounts/"})
    assert answer["Location"] == "/accounts/"
    assert client.get("/accounts/").status_code == 200


def test_a_script_of_such_a_session_gets_no_page_either(client):
    sign_in(client, account_with("counselor"), second_step=False)
    answer = client.get("/desk/staff/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith("/accounts/again/code/")


def test_staff_without_one_may_still_leave(client):
    sign_in(client, account_with("counselor", second_factor=False))
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/accounts/")["Location"].startswith("/accounts/login/")


def test_clients_need_none_and_may_have_one(client):
    sign_in(client, account_with("client"))
    assert client.get("/accounts/").status_code == 200
    assert client.get(SET_UP).status_code == 200


def test_the_record_of_another_person_in_the_session_counts_for_nobody_else(client):
    one, other = account_with("counselor"), account_with("biller", second_factor=False)
    sign_in(client, one)
    marks = {key: mark for key, mark in client.session.items() if key.startswith("account_auth")}
    sign_in(client, other)
    session = client.session
    session.update(marks)
    session.save()
    assert client.get("/accounts/").status_code == 302


def test_recovery_codes_come_as_a_file_and_anew(client):
    person = account_with("client", second_factor=True)
    sign_in(client, person)
    page = show_again(client, "/accounts/second-step/codes/").content.decode()
    old = re.findall(r"<code>(\d{8})</code>", page)
    answer = client.get("/accounts/second-step/codes/file/")
    assert answer.content.decode().split() == old
    assert answer["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "stop working" in client.get("/accounts/second-step/codes/new/").content.decode()
    assert client.post("/accounts/second-step/codes/new/").status_code == 302
    assert not set(old) & set(client.get("/accounts/second-step/codes/file/").content.decode().split())


def test_staff_keep_one_second_step_at_least(client):
    person = account_with("counselor")
    sign_in(client, person)
    page = show_again(client, "/accounts/second-step/app/remove/").content.decode()
    assert "You need one second step here" in page
    client.post("/accounts/second-step/app/remove/")
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_clients_may_take_theirs_away(client):
    person = account_with("client", second_factor=True)
    sign_in(client, person)
    assert "stop working at once" in show_again(client, "/accounts/second-step/app/remove/").content.decode()
    assert client.post("/accounts/second-step/app/remove/")["Location"] == SET_UP
    assert not Authenticator.objects.filter(user=person).exists()
    assert "second step removed totp" in [event.verb for event in trail.about(f"account:{person.pk}")]


def test_a_wrong_code_is_written_down(client):
    person = account_with("counselor", email="marcus@example.org")
    client.post("/accounts/login/", {"login": "marcus@example.org", "password": PASSWORD})
    client.post("/accounts/login/code/", {"code": "000000"})
    assert [event.verb for event in trail.about(f"account:{person.pk}")] == ["second step refused"]


def test_a_wrong_password_does_not_show_that_it_is_you(client):
    sign_in(client, account_with("client"))
    answer = client.post("/accounts/again/", {"password": "wrong"})
    assert "That is not your password" in answer.content.decode()


def test_pages_of_passkeys_open(client):
    sign_in(client, account_with("client"))
    assert "You have no passkey yet" in client.get("/accounts/passkeys/").content.decode()
    page = show_again(client, "/accounts/passkeys/add/").content.decode()
    assert "passkey_add" in page


def test_a_passkey_alone_signs_in_only_whoever_has_one(client):
    asked = client.get("/accounts/login/passkey/", headers={"Accept": "application/json"}).json()
    assert asked["request_options"]["publicKey"]["userVerification"] == "required"
    answer = client.post("/accounts/login/passkey/", {"credential": '{"response": {}}'})
    assert answer["Location"] == "/accounts/login/"


def test_the_passkey_of_another_is_not_there(client):
    sign_in(client, account_with("client"))
    show_again(client, "/accounts/passkeys/add/")
    for page in ("/accounts/passkeys/1/", "/accounts/passkeys/1/remove/"):
        assert client.get(page).status_code == 404


def test_whoever_has_both_may_choose_how_to_show_it(client):
    sign_in(client, account_with("client", second_factor=True))
    page = client.get("/accounts/again/").content.decode()
    assert "With a code instead" in page
    assert f'href="{reverse("mfa_reauthenticate")}' in page


MISMATCHED = (
    '{"id": 1, "rawId": 2, "type": "public-key", "response": {"clientDataJSON": "", "attestationObject": "", '
    '"authenticatorData": "", "signature": "", "userHandle": ""}}'
)


@pytest.mark.parametrize(
    "answer", ["[]", "1", "null", "NaN", "{", "9" * 5000, "[" * 100_000, MISMATCHED], ids=lambda answer: answer[:12]
)
@pytest.mark.parametrize("page", ["/accounts/login/passkey/", "/accounts/passkeys/add/"])
def test_what_no_device_says_is_refused_and_breaks_nothing(client, page, answer):
    client.get("/accounts/login/passkey/", headers={"Accept": "application/json"})
    if "login" not in page:
        sign_in(client, account_with("client"))
        show_again(client, page)
    assert client.post(page, {"credential": answer, "name": "My phone"}).status_code < 500
    assert not Authenticator.objects.filter(type="webauthn").exists()
