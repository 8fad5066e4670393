"""Commits, for the library says that a second step was added only when it is sure of it."""

import re

from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY

from trellis.foundation.audit import trail
from trellis.people.accounts.tests.factories import account_with, code_now, show_again, sign_in

APP = "/accounts/second-step/app/"


def test_setting_up_the_app_asks_for_the_password_shows_the_square_and_opens_the_desk(client, committed_db):
    person = account_with("counselor", second_factor=False)
    sign_in(client, person)
    assert client.get(APP)["Location"] == "/accounts/again/?next=%2Faccounts%2Fsecond-step%2Fapp%2F"
    page = show_again(client, APP).content.decode()
    assert "<svg" in page
    assert "style=" not in page
    secret = client.session[SECRET_SESSION_KEY]
    assert secret in page
    assert client.post(APP, {"code": "000000"}).status_code == 200
    answer = client.post(APP, {"code": code_now(client.session[SECRET_SESSION_KEY])})
    assert answer["Location"] == "/accounts/second-step/codes/"
    codes = re.findall(r"<code>(\d{8})</code>", client.get(answer["Location"]).content.decode())
    assert len(set(codes)) == 10
    assert client.get("/accounts/").status_code == 200
    verbs = [event.verb for event in trail.about(f"account:{person.pk}")]
    assert "second step added totp" in verbs
