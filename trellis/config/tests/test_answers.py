"""What every answer carries, whatever its kind, and which addresses answer nothing."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.cast import Cast
from trellis.config import health
from trellis.foundation.messaging.models import Message
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db

#: what makes an answer of each kind
KINDS = {
    200: lambda: Client().get("/"),
    302: lambda: Client().get("/desk/"),
    400: lambda: Client().get("/", headers={"Host": "evil.example"}),
    403: lambda: Cast().client("client").get("/desk/"),
    404: lambda: Client().get("/nothing-here/"),
    405: lambda: Cast().client("client").get("/accounts/still-here/"),
    500: lambda: Client(raise_request_exception=False).get("/health/ready"),
}
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}


@pytest.fixture(autouse=True)
def program(monkeypatch):
    def broken(connection):
        raise ValueError

    load_pomona()
    monkeypatch.setattr(health.triggers, "missing", broken)


def policy_of(answer):
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    assert len({name for name, *_ in parts}) == len(parts), "of a directive that stands twice the first counts"
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("status", KINDS)
def test_every_kind_of_answer_carries_the_whole_policy(status):
    answer = KINDS[status]()
    assert answer.status_code == status
    policy = policy_of(answer)
    assert {name: policy.get(name) for name in POLICY} == POLICY
    assert "Content-Security-Policy-Report-Only" not in answer


@pytest.mark.parametrize("status", KINDS)
def test_no_kind_of_answer_lets_another_site_read_it(status):
    answer = KINDS[status]()
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("status", [200, 400, 403, 404, 500])
def test_a_page_says_that_it_is_html_and_in_which_letters(status):
    assert KINDS[status]()["Content-Type"] == "text/html; charset=utf-8"


def test_an_answer_for_programs_says_so_too():
    assert Client().get("/health/live")["Content-Type"] == "application/json"


# --- for whom it is asked ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "[::1"])
def test_whoever_asks_for_another_host_gets_nothing(host):
    addresses = ["/", "/accounts/login/", "/help/", "/desk/", "/nothing-here/"]
    assert {Client().get(address, headers={"Host": host}).status_code for address in addresses} == {400}


def test_no_header_puts_another_host_into_a_page_or_a_mail():
    AccountFactory(email="ana@example.org")
    forged = dict.fromkeys(("X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL"), "evil.example")
    answer = Client().post("/accounts/password/reset/", {"email": "ana@example.org"}, headers=forged)
    assert answer["Location"] == "/accounts/password/reset/done/"
    assert "evil.example" not in Client().get(answer["Location"], headers=forged).content.decode()
    assert Message.objects.get().values["url"].startswith("http://localhost:8000/accounts/password/reset/")


# --- what is not there ------------------------------------------------------------------------------------------------

NOT_THERE = [
    "/.git/config", "/.git/HEAD", "/.env", "/var/secrets.json", "/pyproject.toml", "/admin/", "/admin/login/", "/debug",
    "/debug/", "/__debug__/", "/metrics", "/static/", "/static/ui/", "/static/ui", "/static/../pyproject.toml",
    "/static/%2e%2e/%2e%2e/pyproject.toml", "/static/ui/../../pyproject.toml", "/media/", "/server-status",
]  # fmt: skip


@pytest.mark.parametrize("signed_in", [False, True], ids=["a stranger", "an administrator"])
def test_nothing_of_the_inside_has_an_address(signed_in):
    browser = Cast().client("program_administrator") if signed_in else Client()
    assert {address: browser.get(address).status_code for address in NOT_THERE} == dict.fromkeys(NOT_THERE, 404)


def test_a_file_that_everybody_gets_is_there():
    answer = Client().get("/static/ui/css/trellis.css")
    assert (answer.status_code, answer["Content-Type"]) == (200, 'text/css; charset="utf-8"')
    answer.close()


def test_among_the_files_that_everybody_gets_are_no_maps_and_no_sources():
    names = [name for finder in finders.get_finders() for name, _ in finder.list([])]
    assert "ui/css/trellis.css" in names
    inside = (".map", ".py", ".toml", ".json", ".csv", ".sqlite3", ".html", ".po", ".md")
    assert [name for name in names if name.endswith(inside) or "/." in f"/{name}"] == []
