"""Sessions end by themselves, and nothing typed is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from trellis.people.accounts import queries
from trellis.people.accounts.models import Draft
from trellis.people.accounts.tests.factories import PASSWORD, account_with, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 20, tzinfo=UTC)
DETAILS = "/accounts/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def after(clock_at, **time):
    clock_at(NOON + timedelta(**time))


@pytest.fixture
def staff(client, clock_at):
    clock_at(NOON)
    person = account_with("counselor")
    sign_in(client, person)
    assert client.get(DETAILS).status_code == 200
    return person


@pytest.fixture
def guest(client, clock_at):
    clock_at(NOON)
    person = account_with("client")
    sign_in(client, person)
    assert client.get(DETAILS).status_code == 200
    return person


def test_staff_are_signed_out_after_fifteen_silent_minutes(client, staff, clock_at):
    after(clock_at, minutes=14, seconds=59)
    assert client.get(DETAILS).status_code == 200
    after(clock_at, minutes=29, seconds=59)
    answer = client.get(DETAILS)
    assert answer["Location"] == "/accounts/login/?next=%2Faccounts%2F&over=idle"
    assert "nothing happened for a while" in client.get(answer["Location"]).content.decode()
    assert client.get(DETAILS).status_code == 302


def test_clients_have_thirty_minutes(client, guest, clock_at):
    after(clock_at, minutes=29)
    assert client.get(DETAILS).status_code == 200
    after(clock_at, minutes=60)
    assert client.get(DETAILS).status_code == 302


def test_the_limits_are_settings(client, staff, clock_at, settings):
    settings.IDLE_MINUTES_STAFF = 5
    after(clock_at, minutes=5)
    assert client.get(DETAILS).status_code == 302


def test_a_busy_day_ends_after_ten_hours(client, staff, clock_at):
    for minutes in range(10, 600, 10):
        after(clock_at, minutes=minutes)
        assert client.get(DETAILS).status_code == 200
    after(clock_at, minutes=600)
    answer = client.get(DETAILS)
    assert answer["Location"].endswith("over=whole")
    assert "lasts for a day" in client.get(answer["Location"]).content.decode()


def test_a_ping_is_a_sign_of_life(client, staff, clock_at):
    after(clock_at, minutes=10)
    assert client.post(reverse("accounts:ping")).status_code == 204
    after(clock_at, minutes=20)
    assert client.get(DETAILS).status_code == 200


def test_a_page_that_asks_by_itself_is_no_sign_of_life(client, staff, clock_at):
    after(clock_at, minutes=10)
    client.get(DETAILS, headers={"X-Background": "1"})
    after(clock_at, minutes=16)
    assert client.get(DETAILS).status_code == 302


def test_a_sign_of_life_is_written_down_at_most_every_twenty_seconds(client, staff, clock_at, statements):
    after(clock_at, seconds=19)
    with statements() as seen:
        client.get(DETAILS)
    assert not [sql for sql in seen if sql.startswith("UPDATE")]
    after(clock_at, seconds=20)
    with statements() as seen:
        client.get(DETAILS)
    assert len([sql for sql in seen if "django_session" in sql and sql.startswith("UPDATE")]) == 1


def test_the_page_knows_how_long_it_may_stay(client, staff):
    page = client.get(DETAILS).content.decode()
    assert 'data-idle-seconds="850"' in page
    assert f'data-idle-ping-url="{reverse("accounts:ping")}"' in page
    assert f'data-idle-leave-url="{reverse("accounts:left")}"' in page


def test_a_page_that_leaves_closes_the_session(client, staff):
    answer = client.get(reverse("accounts:left"), headers={"Referer": "http://testserver/desk/staff/"})
    assert "You are signed out" in answer.content.decode()
    assert 'name="next" value="/desk/staff/"' in answer.content.decode()
    assert client.get(DETAILS).status_code == 302


def test_another_site_cannot_close_a_session(client, staff):
    client.get(reverse("accounts:left"), headers={"Sec-Fetch-Site": "cross-site"})
    assert client.get(DETAILS).status_code == 200


def test_a_script_learns_that_the_session_is_over(client, staff, clock_at):
    after(clock_at, minutes=16)
    answer = client.post(
        reverse("accounts:ping"), headers={"Sec-Fetch-Dest": "empty", "Referer": "http://testserver/accounts/devices/"}
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Faccounts%2Fdevices%2F&over=idle"
    answer = client.get(
        DETAILS, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/accounts/devices/"}
    )
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/accounts/login/?next=%2Faccounts%2Fdevices%2F")


def test_a_page_of_another_site_is_no_way_back(client, staff, clock_at):
    after(clock_at, minutes=16)
    answer = client.post(reverse("accounts:ping"), headers={"Referer": "http://evil.example/x"})
    assert "next=%2Faccounts%2Farrive%2F" in answer["Location"]


def test_words_on_their_way_when_the_session_ends_become_a_draft(client, staff, clock_at):
    after(clock_at, minutes=16)
    answer = client.post(DETAILS, {"draft": "note:7", "text": "they came by bus", "password": "secret"})
    assert answer.status_code == 302
    assert queries.draft_for(staff.pk, "note:7") == {"text": ["they came by bus"]}


@pytest.mark.parametrize("by", ["field", "header", "no token", "a guess"])
def test_a_foreign_page_plants_no_words_in_a_session_that_is_over(clock_at, by):
    clock_at(NOON)
    person, browser = account_with("client"), Client(enforce_csrf_checks=True)
    sign_in(browser, person)
    token = TOKEN.search(browser.get(DETAILS).content.decode())[1]
    after(clock_at, minutes=31)
    fields = {"draft": "note:7", "text": "they came by bus"}
    fields |= {"field": {"csrfmiddlewaretoken": token}, "a guess": {"csrfmiddlewaretoken": "x" * 64}}.get(by, {})
    answer = browser.post(DETAILS, fields, headers={"X-CSRFToken": token} if by == "header" else {})
    assert answer["Location"].startswith("/accounts/login/?next=")
    kept = {"text": ["they came by bus"]} if by in ("field", "header") else {}
    assert queries.draft_for(person.pk, "note:7") == kept


def test_a_form_without_a_name_leaves_no_draft(client, staff, clock_at):
    after(clock_at, minutes=16)
    client.post(DETAILS, {"text": "they came by bus"})
    assert not Draft.objects.exists()


def test_a_client_who_asked_is_kept_on_the_device(client, clock_at):
    clock_at(NOON)
    account_with("client", email="ana@example.org")
    answer = client.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD, "remember": "on"})
    assert answer.cookies["s"]["max-age"] == 14 * 86_400
    page = client.get(DETAILS)
    assert "data-idle-seconds" not in page.content.decode()
    after(clock_at, days=13)
    assert client.get(DETAILS).status_code == 200
    after(clock_at, days=14)
    assert client.get(DETAILS).status_code == 302


def test_nobody_is_kept_without_asking(client):
    account_with("client", email="ana@example.org")
    answer = client.post("/accounts/login/", {"login": "ana@example.org", "password": PASSWORD})
    assert answer.cookies["s"]["max-age"] == ""
    assert b"checked" not in client.get("/accounts/logout/").content


def test_staff_are_never_kept(client, clock_at):
    clock_at(NOON)
    account_with("counselor", email="marcus@example.org", second_factor=False)
    answer = client.post("/accounts/login/", {"login": "marcus@example.org", "password": PASSWORD, "remember": "on"})
    assert answer.cookies["s"]["max-age"] == ""
    after(clock_at, minutes=16)
    assert client.get("/accounts/second-step/").status_code == 302
