"""The lines of the log as they are written: each is one line of JSON with listed keys, whatever somebody sends."""

import json
import logging
from io import StringIO

import pytest
import structlog
from django.test import Client

from tests.cast import Cast
from trellis.config import health
from trellis.config.logs import ALLOWED
from trellis.foundation.program.tests.factories import load_pomona

pytestmark = pytest.mark.django_db
#: what would begin a line of its own, or colour one, where it is not escaped
FORGED = 'x\r\n{"event": "request", "actor": "account:1"}\x1b[31m\x85\u2028'


@pytest.fixture
def lines(monkeypatch):
    """What reaches the one handler of the house."""
    [handler] = [one for one in logging.getLogger("trellis").handlers if type(one) is logging.StreamHandler]
    assert handler in logging.getLogger().handlers, "libraries write by the same one"
    written = StringIO()
    monkeypatch.setattr(handler, "stream", written)

    def lines():
        text = written.getvalue()
        assert text.endswith("\n")
        assert text.isascii()
        found = [json.loads(line) for line in text.splitlines()]
        assert all(set(line) <= ALLOWED for line in found), found
        return found

    return lines


def test_a_page_is_one_line_with_its_name_and_who_opened_it(lines):
    account = Cast().account("client")
    Cast({"client": account}).client("client").get("/accounts/")
    [line] = lines()
    said = {"event": "request", "method": "GET", "view": "accounts:details", "status": 200}
    assert line.items() >= (said | {"actor": f"account:{account.pk}"}).items()
    assert line["timestamp"].endswith("Z")


def test_a_refused_page_is_a_line_with_page_and_actor(lines):
    cast = Cast()
    cast.client("client").get("/desk/clients/")
    cast.client("client").get("/desk/clients/0000000000000000/")
    found = [line for line in lines() if line["event"] == "request"]
    assert [(line["view"], line["status"], line["actor"]) for line in found] == [
        ("clients:find", 403, f"account:{cast.account('client').pk}"),
        ("clients:client", 403, f"account:{cast.account('client').pk}"),
    ]


def test_whatever_is_sent_begins_no_line_of_its_own_and_colours_none(lines):
    load_pomona()
    browser = Client(headers={"User-Agent": FORGED, "Referer": FORGED, "X-Request-ID": FORGED})
    browser.get(f"/nothing/{FORGED}")
    browser.get("/help/", {FORGED: FORGED})
    browser.post("/accounts/login/", {"login": FORGED, "password": FORGED})
    found = lines()
    assert [line["status"] for line in found if line["event"] == "request"] == [404, 200, 200]
    assert "account:1" not in str(found)


def test_a_value_with_line_breaks_is_escaped_and_a_key_that_nobody_listed_left_out(lines):
    structlog.get_logger("trellis.test").info("came", view=FORGED, name="Marisol", _name="Marisol")
    [line] = lines()
    assert line["view"] == FORGED
    assert "Marisol" not in str(line)


def test_of_what_a_library_says_only_its_name_and_the_kind_of_fault_is_left(lines):
    try:
        raise LookupError(FORGED)
    except LookupError:
        logging.getLogger("django.request").exception("Not Found: %s", FORGED, stack_info=True)
    [line] = lines()
    assert (line["event"], line["logger"], line["fault"]) == ("library", "django.request", "LookupError")
    assert set(line) == {"event", "logger", "fault", "level", "timestamp"}


def test_a_fault_leaves_its_kind_and_the_number_that_the_page_shows(lines, monkeypatch):
    def broken(connection):
        raise ValueError("Marisol Reyes")

    monkeypatch.setattr(health.triggers, "missing", broken)
    page = Client(raise_request_exception=False).get("/health/ready")
    [fault, request] = lines()
    assert (fault["event"], fault["fault"]) == ("library", "ValueError")
    assert (request["view"], request["status"]) == ("health-ready", 500)
    assert request["request_id"] == page["X-Request-ID"]
    assert request["request_id"] in page.content.decode()
    assert "Marisol" not in str([fault, request])
