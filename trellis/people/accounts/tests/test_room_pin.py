"""The room PIN, and the lock that waits for it: what the server holds, whatever a page believes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit import trail
from trellis.people.accounts import actions, queries, rules, session
from trellis.people.accounts.locking import LOCKS
from trellis.people.accounts.models import Account, RoomLock
from trellis.people.accounts.pages.own import details
from trellis.people.accounts.tests.factories import account_with, actor_of, code_now, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 20, tzinfo=UTC)
PIN = "4829"
SET = "/accounts/room-pin/"
LOCK, UNLOCK = "/accounts/lock/", "/accounts/unlock/"
DETAILS, DEVICES = "/accounts/", "/accounts/devices/"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def no_limits_left():
    cache.clear()


@pytest.fixture
def leader(client, clock_at):
    """A facilitator with a room PIN, signed in at noon."""
    clock_at(NOON)
    person = account_with("group_facilitator")
    actions.set_room_pin(by=actor_of(person), account=person, pin=PIN)
    sign_in(client, person)
    assert client.get(DETAILS).status_code == 200
    return person


def locked(client):
    assert client.post(LOCK, headers=JSON).status_code == 204
    return client


def verbs(person):
    return [event.verb for event in trail.about(f"account:{person.pk}")]


# --- which PIN --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("", "4 to 8"), ("123", "4 to 8"), ("123456789", "4 to 8"), ("48a9", "4 to 8"), ("٤٨٢٩", "4 to 8"),
        ("1111", "easy to guess"), ("1212", "easy to guess"), ("1234", "easy to guess"), ("9876", "easy to guess"),
        ("8901", "easy to guess"), ("2580", "easy to guess"), ("1987", "a year"), ("2016", "a year"),
    ],
)  # fmt: skip
def test_a_room_pin_that_people_try_first_is_refused_with_the_reason(pin, why):
    assert why in str(rules.fault_of_room_pin(pin))


@given(st.text())
def test_any_text_gets_an_answer(text):
    fault = rules.fault_of_room_pin(text)
    assert fault or (text.isdigit() and 4 <= len(text) <= 8)


def test_a_pin_is_kept_as_a_hash_and_only_by_whoever_it_is(leader):
    leader.refresh_from_db()
    assert PIN not in leader.room_pin
    assert leader.room_pin
    other = account_with("counselor")
    with pytest.raises(NotPermitted):
        actions.set_room_pin(by=actor_of(other), account=leader, pin=PIN)
    with pytest.raises(Refused, match="easy to guess"):
        actions.set_room_pin(by=actor_of(leader), account=leader, pin="1111")


def test_a_client_has_no_room_pin(client):
    person = account_with("client")
    with pytest.raises(NotPermitted):
        actions.set_room_pin(by=actor_of(person), account=person, pin=PIN)
    sign_in(client, person)
    assert client.get(SET).status_code == 403
    assert SET not in client.get(DETAILS).content.decode()


# --- the own page -----------------------------------------------------------------------------------------------------


def show_code_again(client):
    answer = client.post("/accounts/again/code/", {"code": code_now(), "next": SET})
    assert answer["Location"] == SET


def test_setting_it_needs_the_second_step_of_these_minutes(client):
    person = sign_in(client, account_with("counselor"))
    assert f'href="{SET}"' in client.get(DETAILS).content.decode()
    assert client.get(SET)["Location"] == "/accounts/again/code/?next=%2Faccounts%2Froom-pin%2F"
    assert client.post(SET, {"pin": PIN, "pin_again": PIN}).status_code == 302
    assert not Account.objects.exclude(room_pin="").exists()
    show_code_again(client)
    assert "Set a room PIN" in client.get(SET).content.decode()
    answer = client.post(SET, {"pin": PIN, "pin_again": PIN})
    assert answer["Location"] == DETAILS
    assert Account.objects.exclude(room_pin="").count() == 1
    assert "The room PIN is set." in client.get(DETAILS).content.decode()
    assert person is client


def test_two_that_differ_and_one_that_is_guessed_come_back_with_a_sentence(client):
    sign_in(client, account_with("counselor"))
    show_code_again(client)
    assert "not the same" in client.post(SET, {"pin": PIN, "pin_again": "4820"}).content.decode()
    assert "easy to guess" in client.post(SET, {"pin": "1234", "pin_again": "1234"}).content.decode()
    assert not Account.objects.exclude(room_pin="").exists()


def test_it_is_changed_and_removed(client, leader):
    show_code_again(client)
    assert "Change your room PIN" in client.get(SET).content.decode()
    old = Account.objects.get(pk=leader.pk).room_pin
    client.post(SET, {"pin": "7305", "pin_again": "7305"})
    assert Account.objects.get(pk=leader.pk).room_pin not in ("", old)
    client.post(SET, {"do": "remove"})
    assert Account.objects.get(pk=leader.pk).room_pin == ""
    assert verbs(leader).count("account.room_pin") == 3


# --- locked -----------------------------------------------------------------------------------------------------------


def test_a_locked_session_gets_the_lock_screen_wherever_it_goes(client, leader):
    locked(client)
    for address in (DETAILS, DEVICES, SET, "/desk/staff/", "/desk/clients/"):
        page = client.get(address)
        assert page.status_code == 423, address
        assert "This page is locked" in page.content.decode()
        assert leader.chosen_name not in page.content.decode()
        assert page["Cache-Control"] == "no-store"
    assert client.post(DETAILS, {"chosen_name": "X", "language": "en"}).status_code == 423
    assert Account.objects.get(pk=leader.pk).chosen_name == leader.chosen_name


def test_a_script_learns_that_the_session_is_locked(client, leader):
    locked(client)
    for headers in (JSON, {"HX-Request": "true"}, {"X-Background": "1"}, {"Sec-Fetch-Dest": "empty"}):
        answer = client.get(DETAILS, headers=headers)
        assert (answer.status_code, answer.json()) == (423, {"locked": True})


def test_public_pages_stay_open_and_leaving_is_allowed(client, leader):
    locked(client)
    assert client.get("/look/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get(DETAILS)["Location"].startswith("/accounts/login/")


def test_the_right_pin_leads_to_the_page_that_was_asked_for(client, leader):
    locked(client)
    page = client.get(DEVICES).content.decode()
    assert f'name="next" value="{DEVICES}"' in page
    assert client.post(UNLOCK, {"pin": PIN, "next": DEVICES})["Location"] == DEVICES
    assert client.get(DEVICES).status_code == 200
    assert not RoomLock.objects.exists()
    assert verbs(leader)[-3:] == ["account.lock_room", "account.try_room_pin", "account.open_room"]


def test_the_right_pin_leads_nowhere_else(client, leader):
    locked(client)
    assert client.post(UNLOCK, {"pin": PIN, "next": "//evil.example/"})["Location"] == "/accounts/arrive/"


def test_a_form_on_its_way_leads_back_to_its_page_and_keeps_its_words(client, leader):
    locked(client)
    page = client.post(DETAILS, {"draft": "note:7", "text": "came by bus"}, headers={"Referer": "http://testserver/x/"})
    assert 'name="next" value="/x/"' in page.content.decode()
    assert queries.draft_for(leader.pk, "note:7") == {"text": ["came by bus"]}
    draft = reverse("accounts:draft", args=["note:8"])
    assert client.post(draft, {"text": "and went"}).status_code == 200


def test_a_foreign_page_plants_no_words_in_a_locked_session(leader):
    browser = sign_in(Client(enforce_csrf_checks=True), leader)
    actions.lock_room(by=actor_of(leader), account=leader, session_key=browser.session.session_key)
    assert browser.get(DETAILS).status_code == 423
    assert browser.post(DETAILS, {"draft": "note:7", "text": "came by bus"}).status_code == 403
    assert queries.draft_for(leader.pk, "note:7") == {}


def test_locking_twice_is_one_lock_and_gives_no_new_tries(client, leader):
    locked(client)
    client.post(UNLOCK, {"pin": "0000"}, headers=JSON)
    locked(client)
    assert RoomLock.objects.get().tries == 1


def test_wrong_pins_are_counted_and_the_fifth_signs_out(client, leader):
    locked(client)
    said = [client.post(UNLOCK, {"pin": "0000"}, headers=JSON) for _ in range(4)]
    assert [answer.status_code for answer in said] == [422] * 4
    assert "4 tries are left" in said[0].json()["sentence"]
    assert "One try is left" in said[3].json()["sentence"]
    fifth = client.post(UNLOCK, {"pin": "0000"}, headers=JSON | {"Sec-Fetch-Dest": "empty"})
    assert fifth.status_code == 401
    assert fifth["HX-Redirect"].endswith("over=tries")
    assert "wrong too often" in client.get(fifth["HX-Redirect"]).content.decode()
    assert client.get(DETAILS)["Location"].startswith("/accounts/login/")
    assert verbs(leader).count("room PIN refused") == 5
    assert verbs(leader)[-1] == "signed out"


def test_a_wrong_pin_in_a_plain_form_comes_back_with_a_sentence(client, leader):
    locked(client)
    page = client.post(UNLOCK, {"pin": "0000", "next": DEVICES})
    assert page.status_code == 423
    assert "4 tries are left" in page.content.decode()
    assert f'value="{DEVICES}"' in page.content.decode()
    assert "0000" not in page.content.decode()
    assert "Type your room PIN" in client.post(UNLOCK, {"pin": ""}).content.decode()
    assert RoomLock.objects.get().tries == 1


def test_locks_that_are_opened_meet_a_limit_of_wrong_pins_all_the_same(client, leader, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"room_pin": "6/h/key"}
    for _ in range(3):
        locked(client)
        for pin in ("0000", "0001", PIN):
            answer = client.post(UNLOCK, {"pin": pin}, headers=JSON | {"Sec-Fetch-Dest": "empty"})
    assert answer.status_code == 401


def test_another_session_of_the_same_person_stays_open(client, leader):
    other = sign_in(type(client)(), leader)
    locked(client)
    assert other.get(DETAILS).status_code == 200
    assert client.get(DETAILS).status_code == 423


def test_asking_to_open_what_is_open_leads_on(client, leader):
    assert client.get(UNLOCK)["Location"] == "/accounts/arrive/"


def test_a_page_that_locked_itself_without_a_connection_opens_by_the_pin_alone(client, leader):
    assert client.post(UNLOCK, {"pin": "0000"}, headers=JSON).status_code == 422
    assert client.get(DETAILS).status_code == 423
    assert client.post(UNLOCK, {"pin": PIN}, headers=JSON).json() == {"open": True}
    assert client.get(DETAILS).status_code == 200


def test_the_lock_screen_stands_at_its_own_address_too(client, leader):
    locked(client)
    page = client.get(UNLOCK)
    assert page.status_code == 423
    assert "Type your room PIN" not in page.content.decode()


def test_nothing_locks_without_a_pin(client):
    sign_in(client, account_with("counselor"))
    answer = client.post(LOCK, headers=JSON)
    assert (answer.status_code, "Set a room PIN" in answer.json()["sentence"]) == (409, True)
    assert client.get(DETAILS).status_code == 200
    assert client.post(UNLOCK, {"pin": PIN}).status_code == 302
    assert client.post(UNLOCK, {"pin": PIN}, headers=JSON).json() == {"open": True}


def test_locks_of_sessions_long_gone_are_forgotten(client, leader, clock_at):
    locked(client)
    clock_at(NOON + timedelta(days=3))
    again = sign_in(type(client)(), leader)
    locked(again)
    assert RoomLock.objects.count() == 1


# --- left alone -------------------------------------------------------------------------------------------------------


@pytest.fixture
def room_page(monkeypatch):
    """The page of one's details, as though it were a room."""
    monkeypatch.setattr(details, LOCKS, True, raising=False)


def test_the_server_locks_a_room_that_nobody_touched(client, leader, room_page, clock_at):
    client.get(DETAILS)
    clock_at(NOON + timedelta(seconds=229))
    assert client.get(DETAILS, headers={"X-Background": "1"}).status_code == 200
    clock_at(NOON + timedelta(seconds=230))
    assert client.get(DETAILS).status_code == 423
    assert RoomLock.objects.get().account == leader


def test_a_page_that_is_no_room_does_not_lock_by_time(client, leader, clock_at):
    clock_at(NOON + timedelta(minutes=10))
    assert client.get(DETAILS).status_code == 200


def test_who_went_on_from_the_room_is_in_no_room_any_more(client, leader, room_page, clock_at):
    client.get(DETAILS)
    client.get(DEVICES)
    clock_at(NOON + timedelta(minutes=10))
    assert client.get(DEVICES).status_code == 200


def test_zero_minutes_never_lock(client, leader, room_page, clock_at, settings):
    settings.ROOM_LOCK_MINUTES = 0
    client.get(DETAILS)
    clock_at(NOON + timedelta(minutes=10))
    assert client.get(DETAILS).status_code == 200


def test_a_locked_session_ends_by_its_own_time_and_no_reload_keeps_it(client, leader, clock_at):
    locked(client)
    for minutes in (5, 10):
        clock_at(NOON + timedelta(minutes=minutes))
        assert client.get(DETAILS).status_code == 423
    clock_at(NOON + timedelta(minutes=15))
    assert client.get(DETAILS)["Location"].endswith("over=idle")


def test_locking_is_no_sign_of_life_and_opening_is_one(client, leader, clock_at):
    clock_at(NOON + timedelta(minutes=10))
    locked(client)
    assert client.session[session.SEEN] == NOON.timestamp()
    client.post(UNLOCK, {"pin": PIN})
    clock_at(NOON + timedelta(minutes=20))
    assert client.get(DETAILS).status_code == 200


def test_a_pin_costs_one_statement_and_nobody_else_any(client, leader, statements):
    client.post("/accounts/still-here/")
    with statements() as seen:
        client.post("/accounts/still-here/")
    assert len(seen) == 3, seen
    without = Cast().client("counselor")
    without.get(DETAILS)
    with statements() as seen:
        without.post("/accounts/still-here/")
    assert len(seen) == 2, seen
