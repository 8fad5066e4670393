"""What a browser keeps and sends, and whose address it is said to have."""

import importlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from tests.cast import Cast
from trellis.config import wsgi
from trellis.config.tests.environments import settings_of
from trellis.foundation.access.middleware import address_of
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.middleware import page_before
from trellis.people.accounts.tests.factories import PASSWORD, AccountFactory


def test_no_cookie_outlives_the_browser(db):
    load_pomona()
    cookies = Client().get("/accounts/login/").cookies
    assert [(cookie["max-age"], cookie["expires"]) for cookie in cookies.values()] == [("", "")]


def test_a_sentence_for_a_person_never_lies_in_a_cookie(db):
    load_pomona()
    browser = Cast().client("client")
    page = browser.get("/accounts/")
    before = set(browser.cookies)
    answer = browser.post("/accounts/", {"chosen_name": "Marisol", "pronouns": "", "language": "en"})
    assert answer.status_code == 302
    assert set(browser.cookies) == before
    assert b"Saved." in browser.get("/accounts/").content
    assert page.status_code == 200


@pytest.mark.parametrize("address", ["/help/", "/accounts/login/"])
def test_a_file_is_refused_before_a_byte_of_it_is_kept(db, address):
    load_pomona()
    sent = {"step": "who", "for_whom": "self", "file": SimpleUploadedFile("a.bin", b"x" * 9)}
    assert Client().post(address, sent).status_code == 400


@pytest.mark.parametrize(
    ("said", "address"), [("203.0.113.9", "203.0.113.9"), ("2001:DB8::1", "2001:db8::1"), ("", None), ("unix:", None)]
)
def test_what_is_no_address_is_none(said, address):
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=said)) == address


def asked(application, what="REMOTE_ADDR", **headers):
    environ = RequestFactory().get("/").environ | {"REMOTE_ADDR": "127.0.0.1", **headers}
    application(environ, lambda *answer: None)
    return environ[what]


@pytest.fixture
def behind(settings, monkeypatch):
    def behind(proxy):
        settings.BEHIND_PROXY = proxy
        monkeypatch.setattr("django.core.wsgi.get_wsgi_application", lambda: lambda environ, start: [])
        return importlib.reload(wsgi).application

    yield behind
    monkeypatch.undo()
    importlib.reload(wsgi)


def test_a_server_in_front_says_for_whom_it_asks_and_nobody_else_does(behind):
    proxied = behind(True)
    assert asked(proxied, HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.9") == "203.0.113.9"
    assert asked(proxied, HTTP_X_FORWARDED_FOR="1.1.1.1", REMOTE_ADDR="192.0.2.1") == "192.0.2.1"
    assert asked(behind(False), HTTP_X_FORWARDED_FOR="203.0.113.9") == "127.0.0.1"


def test_only_the_server_in_front_says_that_it_was_asked_over_https(behind):
    said = {"what": "wsgi.url_scheme", "HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_X_FORWARDED_PROTO": "https"}
    proxied = behind(True)
    assert asked(proxied, **said) == "https"
    assert asked(proxied, REMOTE_ADDR="192.0.2.1", **said) == "http"
    assert asked(behind(False), **said) == "http"


#: what changes with TRELLIS_HTTPS
OF_HTTPS = (
    "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS",
)  # fmt: skip


def test_over_https_every_cookie_is_bound_to_it(db, settings):
    load_pomona()
    for name, value in settings_of(*OF_HTTPS, TRELLIS_HTTPS="1").items():
        setattr(settings, name, value)
    bare = Client().get("/accounts/login/")
    assert (bare.status_code, bare["Location"]) == (301, "https://testserver/accounts/login/")
    answer = Client().get("/accounts/login/", secure=True)
    assert "max-age=31536000" in answer["Strict-Transport-Security"]
    cookies = list(answer.cookies.values())
    assert cookies
    for cookie in cookies:
        assert cookie.key.startswith("__Host-")
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
        assert cookie["samesite"] == "Lax"


def test_over_https_the_cookie_of_a_session_is_bound_to_it_too(db, settings):
    load_pomona()
    for name, value in settings_of(*OF_HTTPS, TRELLIS_HTTPS="1").items():
        setattr(settings, name, value)
    person = AccountFactory(roles=["client"])
    browser = Client()
    came = browser.post("/accounts/login/", {"login": person.email, "password": PASSWORD}, secure=True)
    assert came.status_code == 302
    assert "__Host-s" in came.cookies
    assert "s" not in came.cookies
    left = browser.post("/accounts/logout/", secure=True)
    cookies = [cookie for answer in (came, left) for cookie in answer.cookies.values() if cookie.value]
    assert len(cookies) > len(came.cookies), "a sentence for whoever left"
    for cookie in cookies:
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
        assert (cookie["samesite"], cookie["max-age"], cookie["expires"]) == ("Lax", "", "")


def test_every_answer_over_https_binds_the_site_and_those_below_it_to_https(db, settings):
    load_pomona()
    for name, value in settings_of(*OF_HTTPS, TRELLIS_HTTPS="1").items():
        setattr(settings, name, value)
    for address, status in {"/": 200, "/desk/": 302, "/nothing-here/": 404, "/health/live": 200}.items():
        answer = Client().get(address, secure=True)
        assert answer.status_code == status
        assert answer["Strict-Transport-Security"].split("; ") == ["max-age=31536000", "includeSubDomains"]


@pytest.mark.parametrize(
    "came",
    [
        "http://testserver//evil.example/", "http://testserver@evil.example/desk/", "http://evil.example/desk/",
        "//evil.example/desk/", "http://testserver\\@evil.example/", "javascript:alert(1)", "http:///evil.example/",
    ],
)  # fmt: skip
def test_whoever_has_to_sign_in_first_is_led_on_to_this_site_alone(db, came):
    load_pomona()
    answer = Client().post("/accounts/", {}, headers={"Referer": came, "HX-Current-URL": came})
    assert answer["Location"] == "/accounts/login/?next=%2Faccounts%2Farrive%2F"


def test_a_way_back_stays_on_this_site():
    def came(page):
        return page_before(RequestFactory().get("/accounts/left/", headers={"Referer": page}))

    assert came("http://testserver/desk/week/") == "/desk/week/"
    assert came("http://testserver//elsewhere.example/") == ""
    assert came("http://elsewhere.example/desk/") == ""
