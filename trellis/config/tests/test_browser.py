"""What a browser keeps and sends, and whose address it is said to have."""

import importlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from tests.cast import Cast
from trellis.config import wsgi
from trellis.foundation.access.middleware import address_of
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.middleware import page_before


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


def asked(application, **headers):
    environ = RequestFactory().get("/").environ | {"REMOTE_ADDR": "127.0.0.1", **headers}
    application(environ, lambda *answer: None)
    return environ["REMOTE_ADDR"]


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


def test_a_way_back_stays_on_this_site():
    def came(page):
        return page_before(RequestFactory().get("/accounts/left/", headers={"Referer": page}))

    assert came("http://testserver/desk/week/") == "/desk/week/"
    assert came("http://testserver//elsewhere.example/") == ""
    assert came("http://elsewhere.example/desk/") == ""
