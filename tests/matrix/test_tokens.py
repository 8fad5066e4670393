"""What is sent without the token that stands in our own forms is refused at every address, and nothing happens."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import sign_in
from tests.matrix import table
from tests.matrix.table import WHO, Row
from tests.matrix.urls import every_url
from tests.matrix.world import OWN, World
from trellis.foundation.audit.models import AuditEvent

URLS = {url.name: url for url in every_url()}
ROWS = table.read()
#: forms for everybody, which set no cookie: they are told by where they come from, and by a stamp or a link of our own
WITHOUT_A_TOKEN = {"help:ask", "meetings:find", "meetings:wrong", "my:stop"}
#: a session is written when a page is opened: when somebody was last here
KEPT_ANYWAY = ('INTO "django_session"', 'UPDATE "django_session"')
WRITING = ("INSERT", "UPDATE", "DELETE")


def behind_a_sign_in(row: Row) -> bool:
    return URLS[row.url].access.verb is not None


def who_may(row: Row) -> str:
    """The first of the table to whom the address opens, or who would not be refused."""
    return min(WHO[1:], key=lambda who: {"404": 1, "403": 2}.get(row.answers[who].split()[0], 0))


def address(world: World, row: Row, who: str) -> str:
    return reverse(row.url, kwargs={name: world.named(kind, who, OWN) for name, kind in row.objects.items()})


def a_browser_that_is_asked_for_tokens(world: World, who: str) -> Client:
    browser = Client(enforce_csrf_checks=True)
    return browser if who == "signed_out" else sign_in(browser, world.cast.account(who))


def test_only_forms_for_everybody_are_sent_without_a_token():
    exempt = {name for name, url in URLS.items() if getattr(url.view, "csrf_exempt", False)}
    assert exempt == WITHOUT_A_TOKEN
    assert {name for name in exempt if URLS[name].access.verb is not None} == set()


@pytest.mark.parametrize("row", list(filter(behind_a_sign_in, ROWS)), ids=lambda row: row.url)
def test_without_a_token_nothing_happens(row: Row, world: World, statements):
    who = who_may(row)
    browser, where = a_browser_that_is_asked_for_tokens(world, who), address(world, row, who)
    events = AuditEvent.objects.count()
    with statements() as seen:
        answer = browser.post(where, {"do": "remove", "confirm": "on"})
    assert answer.status_code == 403
    assert "ui/errors/403_csrf.html" in [template.name for template in answer.templates]
    written = [sql for sql in seen if sql.lstrip().startswith(WRITING) and not any(k in sql for k in KEPT_ANYWAY)]
    assert written == []
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("token", ["", "x", "w" * 32, "w" * 64], ids=["empty", "short", "another", "long"])
def test_a_token_that_is_not_the_browsers_own_is_none(world: World, token):
    browser = a_browser_that_is_asked_for_tokens(world, "client")
    browser.get("/accounts/")
    sent = {"chosen_name": "Somebody else", "pronouns": "", "language": "en", "csrfmiddlewaretoken": token}
    assert browser.post("/accounts/", sent).status_code == 403


def test_the_browsers_own_token_is_taken_and_not_from_another_site(world: World):
    browser = a_browser_that_is_asked_for_tokens(world, "client")
    browser.get("/accounts/")
    name = world.cast.account("client").chosen_name
    sent = {"chosen_name": name, "language": "en", "csrfmiddlewaretoken": browser.cookies["c"].value}
    assert browser.post("/accounts/", sent, headers={"Origin": "https://evil.example"}).status_code == 403
    assert browser.post("/accounts/", sent, headers={"Origin": "null"}).status_code == 403
    assert browser.post("/accounts/", sent).status_code == 302
