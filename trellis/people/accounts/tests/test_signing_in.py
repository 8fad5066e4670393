import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from trellis.foundation.audit import trail
from trellis.foundation.audit.models import AuditEvent
from trellis.people.accounts import queries
from trellis.people.accounts.hashers import Argon2id
from trellis.people.accounts.rules import MOST_SESSIONS
from trellis.people.accounts.tests.factories import (
    PASSWORD,
    AccountFactory,
    account_with,
    code_now,
    show_again,
    sign_in,
)

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def no_limits_left():
    cache.clear()


def post_login(client, name, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": name, "password": password, **more})


def test_a_client_signs_in_with_email_and_password(client):
    person = account_with("client", email="ana@example.org")
    answer = post_login(client, "Ana@Example.org")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("accounts:arrive")
    assert client.get(reverse("accounts:details")).context["me"] == person
    assert [e.verb for e in trail.about(f"account:{person.pk}")] == ["signed in"]


def test_a_client_signs_in_with_a_name_and_a_pin(client):
    account_with("client", at_the_desk=True, username="blue.river7")
    assert post_login(client, "Blue.River7").status_code == 302


def test_one_device_more_than_allowed_signs_out_the_one_that_came_first(client):
    person = account_with("client", email="ana@example.org")
    devices = [Client() for _ in range(MOST_SESSIONS)]
    for device in devices:
        post_login(device, "ana@example.org")
    assert all(device.get("/accounts/").status_code == 200 for device in devices)
    post_login(client, "ana@example.org")
    assert [device.get("/accounts/").status_code for device in devices] == [302, *[200] * (MOST_SESSIONS - 1)]
    page = client.get("/accounts/devices/").content.decode()
    assert "You can be signed in on 5 devices at once." in page
    assert UserSession.objects.filter(user=person).count() == MOST_SESSIONS
    assert [event.verb for event in trail.about(f"account:{person.pk}")].count("oldest session ended") == 1


def test_a_device_that_signs_in_again_takes_no_place_of_another(client):
    account_with("client", email="ana@example.org")
    other = Client()
    post_login(other, "ana@example.org")
    for _ in range(MOST_SESSIONS + 1):
        post_login(client, "ana@example.org")
        client.post("/accounts/logout/")
    assert other.get("/accounts/").status_code == 200


def test_the_second_page_asks_staff_for_a_code(client):
    account_with("counselor", email="marcus@example.org")
    answer = post_login(client, "marcus@example.org")
    assert answer["Location"] == "/accounts/login/code/"
    assert b'name="code"' in client.get(answer["Location"]).content
    assert client.get(reverse("accounts:details")).status_code == 302
    answer = client.post("/accounts/login/code/", {"code": code_now()})
    assert answer["Location"] == reverse("accounts:arrive")
    assert client.get(reverse("accounts:details")).status_code == 200


@pytest.mark.parametrize("away", [-1, 1], ids=["the half minute before", "the half minute after"])
def test_a_code_of_another_half_minute_is_refused(client, away):
    account_with("counselor", email="marcus@example.org")
    post_login(client, "marcus@example.org")
    answer = client.post("/accounts/login/code/", {"code": code_now(away=away)})
    assert "That code does not work." in answer.content.decode()
    assert client.post("/accounts/login/code/", {"code": code_now()}).status_code == 302


def test_each_step_of_signing_in_makes_a_new_session_and_the_old_one_opens_nothing(client):
    account_with("counselor", email="marcus@example.org")
    keys = []
    for send in (lambda: post_login(client, "marcus@example.org"),
                 lambda: client.post("/accounts/login/code/", {"code": code_now()})):  # fmt: skip
        assert send().status_code == 302
        keys.append(client.cookies["s"].value)
    before, after = keys
    assert before != after
    assert client.get("/accounts/").status_code == 200
    assert opens(before) == (302, 302)
    assert opens(after) == (200, 302)


@pytest.mark.parametrize("role", ["client", "counselor"])
def test_showing_again_that_it_is_you_makes_a_new_session_and_the_old_one_opens_nothing(client, role):
    person = account_with(role, email="ana@example.org")
    post_login(client, "ana@example.org")
    if role == "counselor":
        client.post("/accounts/login/code/", {"code": code_now()})
    client.post(reverse("accounts:draft", args=["note:7"]), {"text": "came by bus"})
    before = client.cookies["s"].value
    assert show_again(client, "/accounts/devices/").status_code == 200
    after = client.cookies["s"].value
    assert before != after
    assert opens(before) == (302, 302)
    assert opens(after) == (200, 302)
    assert [one.session_key for one in UserSession.objects.filter(user=person)] == [after]
    assert queries.draft_for(person.pk, "note:7") == {"text": ["came by bus"]}


def test_a_second_step_that_is_shown_later_makes_a_new_session(client):
    person = account_with("counselor")
    sign_in(client, person, second_step=False)
    before = client.cookies["s"].value
    answer = client.post("/accounts/again/code/?next=%2Faccounts%2F", {"code": code_now(), "next": "/accounts/"})
    assert answer["Location"] == "/accounts/"
    assert client.cookies["s"].value != before
    assert opens(before) == (302, 302)


def test_a_session_that_somebody_else_began_is_not_signed_in_with(client):
    """Whoever puts their own session into a browser does not share what is opened there later."""
    account_with("client", email="ana@example.org")
    begun = client.session
    begun["something"] = "of a stranger"
    begun.save()
    key = client.cookies["s"].value
    assert post_login(client, "ana@example.org")["Location"] == reverse("accounts:arrive")
    assert client.cookies["s"].value != key
    assert opens(key) == (302, 302)


def opens(key):
    """What two pages answer to whoever holds this session alone."""
    browser = Client()
    browser.cookies["s"] = key
    return browser.get("/accounts/").status_code, browser.get("/accounts/arrive/").status_code


def test_a_code_works_once(client, django_user_model):
    account_with("counselor", email="marcus@example.org")
    code = code_now()
    post_login(client, "marcus@example.org")
    assert client.post("/accounts/login/code/", {"code": code}).status_code == 302
    client.post("/accounts/logout/")
    post_login(client, "marcus@example.org")
    answer = client.post("/accounts/login/code/", {"code": code})
    assert answer.status_code == 200
    assert "A code works once" in answer.content.decode()


def test_a_recovery_code_works_once(client):
    person = account_with("counselor", email="marcus@example.org")
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    for expected in (302, 200):
        post_login(client, "marcus@example.org")
        assert client.post("/accounts/login/code/", {"code": codes[0]}).status_code == expected
        client.post("/accounts/logout/")


def test_secrets_lie_encrypted(client):
    person = account_with("counselor")
    stored = [str(a.data) for a in Authenticator.objects.filter(user=person)]
    assert len(stored) == 2
    assert not any("JBSWY3DPEHPK3PXP" in text for text in stored)


@pytest.mark.parametrize("name", ["nobody@example.org", "nobody", "off@example.org", "here@example.org"])
def test_a_refusal_says_the_same_whoever_is_here(client, name):
    AccountFactory(email="off@example.org", is_active=False)
    AccountFactory(email="here@example.org")
    password = PASSWORD if name.startswith("off") else "not the password at all"
    answer = post_login(client, name, password)
    assert answer.status_code == 200
    assert "That sign-in name or password is not right." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "password"),
    [("ana@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("off@example.org", PASSWORD)],
)
def test_a_refusal_is_written_down_and_nothing_of_what_was_typed(client, name, password):
    account_with("client", email="ana@example.org")
    AccountFactory(email="off@example.org", is_active=False)
    before = AuditEvent.objects.count()
    post_login(client, name, password)
    [event] = AuditEvent.objects.order_by("id")[before:]
    assert (event.verb, event.actor, event.subjects) == ("sign-in refused", "public", [])
    assert event.address == "127.0.0.1"
    assert event.request_id
    kept = str(AuditEvent.objects.filter(pk=event.pk).values().get())
    assert name not in kept
    assert password not in kept


def test_a_sixth_wrong_password_meets_the_limit_and_nobody_is_locked_out(client):
    account_with("client", email="ana@example.org")
    for _ in range(5):
        assert post_login(client, "ana@example.org", "wrong").status_code == 200
    assert post_login(client, "ana@example.org", "wrong").status_code == 429
    cache.clear()  # the minutes pass
    assert post_login(client, "ana@example.org").status_code == 302


def test_an_unknown_name_meets_the_same_limit(client):
    for _ in range(5):
        assert post_login(client, "nobody@example.org", "wrong").status_code == 200
    assert post_login(client, "nobody@example.org", "wrong").status_code == 429


def test_a_pin_bears_fewer_tries(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "100/m/ip", "pin_failed": "3/h/key"}
    account_with("client", at_the_desk=True, username="blue.river7")
    for _ in range(3):
        assert post_login(client, "blue.river7", "000000").status_code == 200
    assert post_login(client, "blue.river7", "000000").status_code == 429


def test_a_sign_in_that_works_uses_no_try_up(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "2/m/ip", "pin_failed": "2/h/key"}
    account_with("client", at_the_desk=True, username="blue.river7")
    for _ in range(4):
        assert post_login(client, "blue.river7").status_code == 302
        client.post("/accounts/logout/")


def test_codes_meet_a_limit_too(client):
    account_with("counselor", email="marcus@example.org")
    post_login(client, "marcus@example.org")
    answers = [client.post("/accounts/login/code/", {"code": "000000"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_signing_out_tells_the_browser_to_forget(client):
    sign_in(client, account_with("client"))
    answer = client.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["s"].value == ""
    assert client.get(reverse("accounts:details")).status_code == 302


def test_signing_out_needs_more_than_a_link(client):
    sign_in(client, account_with("client"))
    answer = client.get("/accounts/logout/")
    assert "Sign out of this device?" in answer.content.decode()
    assert client.get(reverse("accounts:details")).status_code == 200


def test_nobody_signs_up_alone(client):
    assert client.get("/accounts/signup/").status_code == 404


def test_pages_of_accounts_are_not_kept_by_the_browser(client):
    assert client.get(LOGIN)["Cache-Control"] == "no-store"
    sign_in(client, account_with("client"))
    assert "no-store" in client.get(reverse("accounts:details"))["Cache-Control"]


def test_a_page_is_reached_after_signing_in_where_one_wanted_to_go(client):
    account_with("client", email="ana@example.org")
    answer = client.get("/accounts/devices/")
    assert answer["Location"] == "/accounts/login/?next=%2Faccounts%2Fdevices%2F"
    answer = client.post(
        answer["Location"], {"login": "ana@example.org", "password": PASSWORD, "next": "/accounts/devices/"}
    )
    assert answer["Location"] == "/accounts/devices/"


@pytest.mark.parametrize(
    "next_page",
    [
        "//evil.example", "https://evil.example/", "/\\evil.example", "https:evil.example", "/\t/evil.example",
        "\t//evil.example", "/\n/evil.example", "///evil.example", "\\\\evil.example", "http:///evil.example",
        "//testserver@evil.example/", "javascript:alert(1)", "data:text/html,x",
    ],
)  # fmt: skip
def test_no_foreign_page_is_reached_after_signing_in(client, next_page):
    account_with("client", email="ana@example.org")
    answer = post_login(client, "ana@example.org", next=next_page)
    assert answer["Location"] == reverse("accounts:arrive")


def test_spanish_speakers_sign_in_under_es(client):
    account_with("client", email="ana@example.org", language="es")
    page = client.get("/es/accounts/login/").content.decode()
    assert "Correo electrónico o nombre para entrar" in page
    answer = client.post("/es/accounts/login/", {"login": "ana@example.org", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/es/")


class Counting(Argon2id):
    memory_cost, time_cost, parallelism = 64, 1, 1
    times = 0

    def encode(self, password, salt):
        type(self).times += 1
        return super().encode(password, salt)

    def verify(self, password, encoded):
        type(self).times += 1
        return super().verify(password, encoded)


@pytest.mark.parametrize(
    "name", ["here@example.org", "blue.river7", "off@example.org", "new@example.org", "x@example.org", "x"]
)
def test_every_refusal_costs_one_hash_whoever_is_here(client, settings, name):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    AccountFactory(email="here@example.org")
    AccountFactory(at_the_desk=True, username="blue.river7")
    AccountFactory(email="off@example.org", is_active=False)
    AccountFactory(email="new@example.org", password=None)
    Counting.times = 0
    assert post_login(client, name, "wrong").status_code == 200
    assert Counting.times == 1


def test_passwords_are_hashed_with_argon2id_and_the_set_figures(settings):
    settings.PASSWORD_HASHERS = ["trellis.people.accounts.hashers.Argon2id"]
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=65536,t=3,p=2$")
