"""The room that nobody touches, in a real browser: it covers itself, and nothing typed or waiting is lost."""

import re

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from playwright.sync_api import expect

from trellis.journey.schedule.models import Attendance
from trellis.journey.schedule.tests.factories import NOW, tonight
from trellis.people.accounts import actions as accounts
from trellis.people.accounts.models import Account, RoomLock
from trellis.people.accounts.tests.factories import account_with, code_now, give_second_step, sign_in

PIN = "4829"
LOCK, IDLE = 181_000, 15 * 60_000


@pytest.fixture
def world(live, clock_at):
    from trellis.foundation.program.tests.factories import load_pomona

    cache.clear()
    clock_at(NOW)
    load_pomona()
    session, clients, by = tonight(people=3)
    account = Account.objects.get(pk=by.account_id)
    give_second_step(account)
    return live, session, clients, account, by


def cookies(live, account):
    browser = sign_in(Browser(), account)
    return [{"name": c.key, "value": c.value, "url": live.url} for c in browser.cookies.values()]


@pytest.fixture
def open_room(world, browser_page):
    def opened(*, pin=True, width=390):
        live, session, _clients, account, by = world
        if pin:
            accounts.set_room_pin(by=by, account=account, pin=PIN)
        page = browser_page(width)
        page.clock.install()
        page.context.add_cookies(cookies(live, account))
        page.goto(reverse("schedule:room", args=[session.public_id]))
        return page

    return opened


def person(page, client):
    return page.locator(f'[data-person="{client.public_id}"]')


def tap(page, client, mark):
    person(page, client).locator(f'[data-mark="{mark}"]').click()


def covered(page):
    expect(page.get_by_role("heading", name="This page is locked")).to_be_visible()


def type_pin(page, pin):
    page.get_by_label("Room PIN").fill(pin)
    page.get_by_role("button", name="Open the page").click()


def all_sent(page):
    expect(page.locator("[data-pending]")).to_have_count(0)


def nothing_stored(page, *people):
    stored = page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    return not any(word in stored for one in people for word in (one.public_id, one.first_name, "present", "absent"))


def heard(page):
    """Everything that somebody with a screen reader comes upon."""
    return page.locator("body").aria_snapshot()


def test_a_room_left_alone_is_covered_and_the_pin_shows_it_as_it_was(world, open_room, axe, screenshot):
    _live, _session, [one, two, _three], *_ = world
    page = open_room()
    person(page, two).locator(".more > summary").click()
    person(page, two).locator("input[name=reason]").fill("Court date")
    page.clock.fast_forward(LOCK)
    covered(page)
    assert page.title() == "Locked · Trellis"
    for name in (one.chosen_name, one.first_name, "Absent", "Court date", "Skills group"):
        assert name not in heard(page)
        assert name not in page.inner_text("body")
    assert page.locator(".staff-frame").evaluate("frame => frame.inert && frame.hidden")
    expect(page.get_by_label("Room PIN")).to_be_focused()
    axe(page)
    screenshot(page, "room-locked-390")
    type_pin(page, "0000")
    expect(page.get_by_role("alert")).to_contain_text("4 tries are left")
    axe(page)
    type_pin(page, PIN)
    expect(person(page, one)).to_be_visible()
    assert page.title() != "Locked · Trellis"
    assert person(page, two).locator("input[name=reason]").input_value() == "Court date"
    expect(person(page, two).locator("input[name=reason]")).to_be_focused()
    assert not RoomLock.objects.exists()
    tap(page, one, "present")
    all_sent(page)
    assert Attendance.objects.get().client == one


def test_a_reload_does_not_go_around_the_lock(world, open_room, axe, screenshot):
    _live, session, [one, *_], *_ = world
    page = open_room()
    with page.expect_response("**/accounts/lock/") as answer:
        page.clock.fast_forward(LOCK)
    assert answer.value.status == 204
    page.reload()
    assert "This page is locked" in page.inner_text("h1")
    assert one.first_name not in page.content()
    axe(page)
    screenshot(page, "lock-screen-390")
    type_pin(page, PIN)
    page.wait_for_url(f"**{reverse('schedule:room', args=[session.public_id])}")
    expect(person(page, one)).to_be_visible()


def test_without_a_connection_the_room_locks_itself_and_marks_wait_for_the_pin(world, open_room):
    _live, _session, [one, two, _three], *_ = world
    page = open_room()
    page.context.set_offline(True)
    tap(page, one, "present")
    tap(page, two, "absent")
    page.clock.fast_forward(LOCK)
    covered(page)
    expect(page.locator("[data-waits]")).to_contain_text("2 marks wait")
    type_pin(page, PIN)
    expect(page.get_by_role("alert")).to_contain_text("There is no connection")
    covered(page)
    with page.expect_response("**/accounts/lock/") as answer:
        page.context.set_offline(False)
    assert answer.value.status == 204
    page.clock.fast_forward(20_000)
    assert Attendance.objects.count() == 0
    type_pin(page, PIN)
    all_sent(page)
    assert sorted(Attendance.objects.values_list("state", flat=True)) == ["absent", "present"]
    assert nothing_stored(page, one, two)


def test_a_lock_that_the_server_set_covers_the_page_and_keeps_the_mark(world, open_room):
    _live, _session, [one, *_], account, by = world
    page = open_room()
    key = next(c["value"] for c in page.context.cookies() if c["name"] == "s")
    accounts.lock_room(by=by, account=account, session_key=key)
    tap(page, one, "present")
    covered(page)
    expect(page.locator("[data-waits]")).to_contain_text("One mark waits")
    type_pin(page, PIN)
    all_sent(page)
    assert Attendance.objects.count() == 1


def test_five_wrong_pins_sign_out_and_the_marks_wait_for_the_next_sign_in(world, open_room, axe, screenshot):
    live, _session, [one, *_], account, _by = world
    page = open_room()
    page.route("**/room/mark/", lambda route: route.abort())
    tap(page, one, "present")
    page.clock.fast_forward(LOCK)
    covered(page)
    for left in ("4 tries", "3 tries", "2 tries", "One try"):
        type_pin(page, "0000")
        expect(page.get_by_role("alert")).to_contain_text(left)
    type_pin(page, "0000")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    expect(page.locator("[data-waits]")).to_contain_text("One mark waits")
    assert one.first_name not in heard(page)
    axe(page)
    screenshot(page, "room-signed-out-390")
    page.unroute("**/room/mark/")
    again = page.get_by_role("button", name="I have signed in again")
    again.click()
    expect(page.get_by_role("alert")).to_contain_text("not signed in yet")
    page.context.add_cookies(cookies(live, account_with("group_facilitator")))
    again.click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("not signed in yet|Somebody else"))
    assert Attendance.objects.count() == 0
    page.context.add_cookies(cookies(live, account))
    again.click()
    all_sent(page)
    assert Attendance.objects.get().by == f"account:{account.pk}"


def test_the_end_of_a_silent_sign_in_loses_no_mark_that_waits(world, open_room, axe, screenshot):
    live, _session, [one, two, _three], account, _by = world
    page = open_room(pin=False)
    assert page.locator("[data-pin-hint]").count() == 1
    page.context.set_offline(True)
    tap(page, one, "present")
    tap(page, two, "late")
    page.clock.fast_forward(IDLE)
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    expect(page.locator("[data-waits]")).to_contain_text("2 marks wait")
    assert one.first_name not in heard(page)
    assert nothing_stored(page, one, two)
    with page.expect_response("**/accounts/left/"):
        page.context.set_offline(False)
    assert page.context.request.get(live.address("/accounts/"), max_redirects=0).status == 302
    page.clock.fast_forward(30_000)
    assert Attendance.objects.count() == 0
    axe(page)
    screenshot(page, "room-idle-390")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    opened.value.wait_for_load_state()
    assert "/accounts/login/" in opened.value.url
    page.context.add_cookies(cookies(live, account))
    opened.value.close()
    page.bring_to_front()
    page.get_by_role("button", name="I have signed in again").or_(person(page, one)).first.click()
    all_sent(page)
    assert sorted(Attendance.objects.values_list("state", flat=True)) == ["late", "present"]
    expect(person(page, one)).to_be_visible()


def test_a_silent_page_without_waiting_marks_leaves_as_every_page_does(world, open_room):
    page = open_room(pin=False)
    page.clock.fast_forward(IDLE)
    page.get_by_role("heading", name="You are signed out").wait_for()


def test_two_tabs_close_and_open_together(world, open_room):
    _live, session, [one, *_], *_ = world
    page = open_room()
    other = page.context.new_page()
    other.goto(reverse("schedule:room", args=[session.public_id]))
    page.clock.fast_forward(LOCK)
    covered(page)
    covered(other)
    type_pin(other, PIN)
    expect(person(other, one)).to_be_visible()
    expect(person(page, one)).to_be_visible()


def test_another_page_of_the_same_sign_in_goes_out_of_sight_with_the_room(world, open_room):
    _live, _session, [one, *_], *_ = world
    page = open_room()
    other = page.context.new_page()
    other.goto("/accounts/")
    other.get_by_role("heading", name="Your account").wait_for()
    with page.expect_response("**/accounts/lock/"):
        page.clock.fast_forward(LOCK)
    covered(page)
    covered(other)
    type_pin(page, PIN)
    expect(person(page, one)).to_be_visible()
    other.goto("/accounts/")
    other.get_by_role("heading", name="Your account").wait_for()


def test_keys_sleep_while_the_page_is_covered(world, open_room):
    page = open_room(width=1440)
    page.clock.fast_forward(LOCK)
    covered(page)
    page.get_by_role("heading", name="This page is locked").click()
    page.keyboard.press("/")
    page.keyboard.press("?")
    covered(page)
    assert "/room/" in page.url


def test_a_pin_is_set_on_the_own_page(world, browser_page, axe, screenshot):
    live, _session, _clients, account, _by = world
    page = browser_page(390)
    page.context.add_cookies(cookies(live, account))
    page.goto("/accounts/")
    page.get_by_role("link", name="Room PIN").click()
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Set a room PIN").wait_for()
    axe(page)
    page.get_by_label("Room PIN", exact=True).fill("1234")
    page.get_by_label("Room PIN again").fill("1234")
    page.get_by_role("button", name="Save the PIN").click()
    page.get_by_text("easy to guess").first.wait_for()
    axe(page)
    screenshot(page, "room-pin-390")
    page.get_by_label("Room PIN", exact=True).fill(PIN)
    page.get_by_label("Room PIN again").fill(PIN)
    page.get_by_role("button", name="Save the PIN").click()
    page.get_by_text("The room PIN is set.").wait_for()
    axe(page)
