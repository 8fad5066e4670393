"""A room that is open looks again by itself: what others recorded, nothing where nothing was, and no sign of life."""

from datetime import timedelta

import pytest
from django.urls import reverse

from trellis.foundation.audit.models import AuditEvent
from trellis.journey.schedule import actions
from trellis.journey.schedule.tests.factories import (
    NOW,
    ArrivalFactory,
    AttendanceFactory,
    SessionFactory,
    browser_of,
    tonight,
)
from trellis.people.accounts import session as own_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]
BY_ITSELF = {"X-Background": "1"}


@pytest.fixture
def group():
    session, clients, by = tonight(people=3)
    return session, clients, browser_of(by)


def look(browser, session, known="", language=""):
    headers = BY_ITSELF | ({"If-None-Match": known} if known else {})
    return browser.get(language + reverse("schedule:people", args=[session.public_id]), headers=headers)


def test_the_list_comes_once_and_then_only_when_something_was_recorded(group):
    session, [one, *_], browser = group
    first = look(browser, session)
    assert (first.status_code, one.public_id in first.content.decode()) == (200, True)
    same = look(browser, session, first["ETag"])
    assert (same.status_code, same.content) == (304, b"")
    assert look(browser, session, f"W/{first['ETag']}").status_code == 304  # as it comes back compressed
    ArrivalFactory(session=session, client=one)
    new = look(browser, session, first["ETag"])
    assert "At the desk" in new.content.decode()
    assert new["ETag"] != first["ETag"]
    AttendanceFactory(session=session, client=one, state="late", arrived_late_minutes=7)
    assert 'data-state="late"' in look(browser, session, new["ETag"]).content.decode()


def test_the_page_knows_the_version_it_was_drawn_with(group):
    session, _clients, browser = group
    page = browser.get(reverse("schedule:room", args=[session.public_id])).content.decode()
    etag = look(browser, session)["ETag"].strip('"')
    assert f'"version": "{etag}"' in page
    assert "What is" not in look(browser, session).content.decode().split("<li")[0]


def test_guests_and_the_language_are_part_of_the_version(group):
    session, _clients, browser = group
    first = look(browser, session)["ETag"]
    browser.post(reverse("schedule:guests", args=[session.public_id]), {"kind": "student", "number": "2"})
    second = look(browser, session, first)
    assert 'data-guests="loved_one:0 interpreter:0 student:2"' in second.content.decode()
    assert look(browser, session, second["ETag"], "/es").status_code == 200


def test_looking_again_opens_somebody_only_when_something_new_is_shown(group):
    session, clients, browser = group
    etag = look(browser, session)["ETag"]
    event = AuditEvent.objects.get(verb="opened schedule.room")
    assert event.subjects == sorted(f"client:{client.pk}" for client in clients)
    look(browser, session, etag)
    assert AuditEvent.objects.filter(verb="opened schedule.room").count() == 1


def test_looking_again_is_no_sign_of_life(group, clock_at):
    session, _clients, browser = group
    browser.get(reverse("schedule:room", args=[session.public_id]))
    seen = browser.session[own_session.SEEN]
    for minutes in (5, 10, 14):
        clock_at(NOW + timedelta(minutes=minutes))
        assert look(browser, session).status_code == 200
    assert browser.session[own_session.SEEN] == seen
    clock_at(NOW + timedelta(minutes=16))
    assert look(browser, session).status_code == 302


def test_a_group_that_sits_elsewhere_now_says_so(group):
    session, _clients, browser = group
    host, _people, by = tonight(people=1)
    actions.join_sessions(by=by, host=host, session=session)
    assert look(browser, session).status_code == 205


def test_looking_costs_few_statements(group, statements):
    session, _clients, browser = group
    etag = look(browser, session)["ETag"]
    with statements() as seen:
        look(browser, session, etag)
    assert len(seen) <= 10, seen


def test_the_group_of_another_is_not_there(group):
    _session, _clients, browser = group
    assert look(browser, SessionFactory()).status_code == 404


# --- the room PIN -----------------------------------------------------------------------------------------------------


@pytest.fixture
def with_pin():
    session, clients, by = tonight(people=2)
    from trellis.people.accounts.models import Account

    browser = browser_of(by)
    from trellis.people.accounts import actions as accounts

    accounts.set_room_pin(by=by, account=Account.objects.get(pk=by.account_id), pin="4829")
    return session, clients, browser


def room(browser, session):
    return browser.get(reverse("schedule:room", args=[session.public_id]))


def test_a_room_without_a_pin_hints_at_one_and_one_with_it_covers_itself(group, with_pin):
    session, _clients, browser = group
    page = room(browser, session).content.decode()
    assert "data-pin-hint" in page
    assert "data-lock-minutes" not in page
    session, _clients, browser = with_pin
    page = room(browser, session).content.decode()
    assert "data-pin-hint" not in page
    assert 'data-lock-minutes="3"' in page


def test_a_room_left_alone_answers_nothing_until_the_pin_was_right(with_pin, clock_at):
    session, [one, *_], browser = with_pin
    assert room(browser, session).status_code == 200
    clock_at(NOW + timedelta(minutes=3, seconds=50))
    page = room(browser, session)
    assert page.status_code == 423
    assert one.chosen_name not in page.content.decode()
    assert look(browser, session).status_code == 423
    mark = reverse("schedule:mark", args=[session.public_id])
    sent = {"client": one.public_id, "do": "present", "key": "k1"}
    assert browser.post(mark, sent, headers={"Accept": "application/json"}).status_code == 423
    assert not one.attendances.exists()
    browser.post("/accounts/unlock/", {"pin": "4829"})
    assert browser.post(mark, sent, headers={"Accept": "application/json"}).status_code == 200
    assert one.attendances.count() == 1
