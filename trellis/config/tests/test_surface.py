"""What every address answers, whatever stands behind it: methods, policies, files, cookies of nobody."""

from pathlib import Path

import pytest
from django.conf import settings as live
from django.test import Client

from tests.cast import Cast
from trellis.config.tests.environments import settings_of
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts import message_storage


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND", "QUERY"])
@pytest.mark.parametrize("address", ["/", "/desk/clients/", "/health/live", "/nowhere/", "/static/"])
def test_no_address_answers_to_a_method_that_no_page_knows(address, method):
    answer = Client().generic(method, address)
    assert (answer.status_code, answer.content) == (405, b"")
    assert answer["Allow"] == "GET, HEAD, POST"
    assert answer["X-Robots-Tag"] == "noindex, noai"


def file_of_the_look():
    return next(path for path in Path("trellis/ui/static/ui").rglob("*.css")).relative_to("trellis/ui/static")


def test_files_are_for_this_site_alone_and_carry_the_policy(db):
    answer = Client().get(f"/static/{file_of_the_look()}")
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    answer.close()


def test_whoever_is_sent_on_to_https_is_told_the_policy_and_machines_are_not_sent_on(db, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/desk/")
    assert answer.status_code == 301
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert Client().get("/health/live").status_code == 200


def test_what_is_said_to_nobody_in_particular_lies_in_a_cookie_of_its_own(db):
    load_pomona()
    answer = Cast().client("client").post("/accounts/logout/")
    assert live.MESSAGE_COOKIE_NAME == message_storage.OfNobody.cookie_name == "m"
    assert "m" in answer.cookies
    assert "messages" not in answer.cookies


@pytest.mark.parametrize(
    ("environment", "tls", "ssl"),
    [
        ({"EMAIL_HOST": "localhost"}, False, False),
        ({"EMAIL_HOST": "mail.example.org"}, True, False),
        ({"EMAIL_HOST": "mail.example.org", "EMAIL_PORT": "465"}, False, True),
        ({"EMAIL_HOST": "mail.example.org", "EMAIL_USE_TLS": "0"}, False, False),
    ],
)
def test_mail_that_leaves_this_machine_is_encrypted_unless_somebody_says_otherwise(environment, tls, ssl):
    found = settings_of("EMAIL_USE_TLS", "EMAIL_USE_SSL", **environment)
    assert found == {"EMAIL_USE_TLS": tls, "EMAIL_USE_SSL": ssl}


def test_over_https_the_cookie_of_nobody_is_bound_to_it():
    assert settings_of("MESSAGE_COOKIE_NAME", TRELLIS_HTTPS="1") == {"MESSAGE_COOKIE_NAME": "__Host-m"}
