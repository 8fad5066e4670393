"""An open room shows what others record, in a real browser, and takes nothing out of anybody's hands."""

import pytest
from django.test import Client as Browser
from django.urls import reverse
from playwright.sync_api import expect

from trellis.foundation.audit.models import AuditEvent
from trellis.journey.schedule import actions
from trellis.journey.schedule.models import Attendance, JoinedSessionUndo
from trellis.journey.schedule.tests.factories import NOW, RoomFactory, actor, tonight
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import give_second_step, sign_in
from trellis.people.clients.tests.factories import ClientFactory

LOOK = 15_500


@pytest.fixture
def world(live, clock_at):
    from trellis.foundation.program.tests.factories import load_pomona

    clock_at(NOW)
    load_pomona()
    session, clients, by = tonight(people=4)
    give_second_step(Account.objects.get(pk=by.account_id))
    return live, session, clients, by


@pytest.fixture
def page(world, browser_page):
    live, session, _clients, by = world
    page = browser_page(390)
    page.clock.install()
    browser = sign_in(Browser(), Account.objects.get(pk=by.account_id))
    page.context.add_cookies([{"name": c.key, "value": c.value, "url": live.url} for c in browser.cookies.values()])
    page.looks = []
    page.on("response", lambda one: page.looks.append(one.status) if one.url.endswith("/room/people/") else None)
    page.goto(reverse("schedule:room", args=[session.public_id]))
    return page


def person(page, client):
    return page.locator(f'[data-person="{client.public_id}"]')


def tap(page, client, mark):
    person(page, client).locator(f'[data-mark="{mark}"]').click()


def all_sent(page):
    expect(page.locator("[data-pending]")).to_have_count(0)


def looks_again(page):
    """200 where something was new, also where the page, whose clock runs on, has just looked by itself."""
    with page.expect_response("**/room/people/") as answer:
        page.clock.fast_forward(LOOK)
    looks, page.looks[:] = list(page.looks), []
    return 200 if 200 in looks else answer.value.status


def test_what_the_desk_and_a_co_leader_record_appears_by_itself(world, page, axe, screenshot):
    _live, session, [one, two, three, _four], _by = world
    assert looks_again(page) == 304
    actions.arrive(by=actor("front_desk"), session=session, client=one, key="d1")
    director = actor("clinical_director")
    actions.mark(by=director, session=session, client=two, state="late", arrived_late_minutes=7, key="c1")
    actions.mark(by=director, session=session, client=three, state="present", key="c2")
    actions.count_guests(by=director, session=session, kind="student", number=2)
    tap_at = person(page, two).locator('[data-mark="present"]')
    tap_at.focus()
    assert looks_again(page) == 200
    expect(person(page, one)).to_contain_text("At the desk")
    expect(person(page, two)).to_have_attribute("data-state", "late")
    assert person(page, two).locator("[data-word]").inner_text() == "Late 7 min"
    expect(person(page, two).locator("[data-minutes-form]")).to_be_visible()
    expect(person(page, three).locator('[data-mark="present"]')).to_have_attribute("aria-pressed", "true")
    expect(page.locator('[data-count="present"] [data-number]')).to_have_text("1")
    assert page.locator("#guest-student").input_value() == "2"
    expect(tap_at).to_be_focused()
    assert looks_again(page) == 304
    assert AuditEvent.objects.filter(verb="opened schedule.room").count() == 2
    axe(page)
    screenshot(page, "room-live-390")
    tap(page, three, "absent")
    all_sent(page)
    assert looks_again(page) == 200
    expect(person(page, three)).to_have_attribute("data-state", "absent")


def test_a_mark_that_waits_and_an_open_panel_are_left_alone(world, page):
    _live, session, [one, two, three, _four], _by = world
    director = actor("clinical_director")
    page.route("**/room/mark/", lambda route: route.abort())
    tap(page, one, "present")
    person(page, two).locator(".more > summary").click()
    person(page, two).locator("input[name=reason]").fill("Court date")
    for number, client in enumerate((one, two, three)):
        actions.mark(by=director, session=session, client=client, state="absent", key=f"c{number}")
    assert looks_again(page) == 200
    expect(person(page, three)).to_have_attribute("data-state", "absent")
    assert person(page, one).get_attribute("data-state") == "present"
    assert person(page, two).get_attribute("data-state") == "none"
    assert person(page, two).locator("input[name=reason]").input_value() == "Court date"
    person(page, two).locator("input[name=reason]").fill("")
    person(page, two).locator(".more > summary").click()
    page.unroute("**/room/mark/")
    page.clock.fast_forward(LOOK)
    all_sent(page)
    page.clock.fast_forward(LOOK)
    expect(person(page, two)).to_have_attribute("data-state", "absent")
    expect(person(page, one)).to_have_attribute("data-state", "present")
    assert Attendance.objects.filter(client=one).count() == 2


def test_somebody_added_elsewhere_comes_into_the_list_and_words_stay(world, page):
    _live, session, [one, *_], by = world
    person(page, one).locator(".more > summary").click()
    person(page, one).locator("input[name=reason]").fill("Court date")
    guest = ClientFactory(chosen_name="Zoe Quill", in_program=True)
    actions.add_to_roster(by=by, session=session, client=guest, key="a1")
    assert looks_again(page) == 200
    expect(person(page, guest)).to_be_visible()
    assert person(page, one).locator("input[name=reason]").input_value() == "Court date"
    expect(person(page, one).locator("input[name=reason]")).to_be_focused()
    tap(page, guest, "present")
    all_sent(page)
    assert Attendance.objects.get().client == guest


def test_groups_that_another_device_joins_and_parts_are_followed(world, page):
    _live, session, [one, *_], by = world
    other, [guest], _leader = tonight(people=1, in_room=RoomFactory())
    tap(page, one, "present")
    all_sent(page)
    actions.join_sessions(by=by, host=session, session=other)
    assert looks_again(page) == 200
    expect(person(page, guest)).to_be_visible()
    actions.take_joining_back(by=by, host=session, session=other)
    assert looks_again(page) == 200
    expect(person(page, guest)).to_have_count(0)
    expect(person(page, one)).to_have_attribute("data-state", "present")


def test_one_tap_takes_a_joining_back_and_waits_for_marks(world, page, axe, screenshot):
    _live, session, [one, *_], by = world
    other, [guest], _leader = tonight(people=1, in_room=RoomFactory())
    actions.join_sessions(by=by, host=session, session=other)
    page.reload()
    axe(page)
    screenshot(page, "room-joined-390")
    page.route("**/room/mark/", lambda route: route.abort())
    tap(page, guest, "present")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("[data-status]")).to_contain_text("still waiting")
    page.unroute("**/room/mark/")
    page.clock.fast_forward(LOOK)
    all_sent(page)
    page.get_by_role("button", name="Take it back").dblclick()
    page.get_by_text("apart again").first.wait_for()
    expect(person(page, guest)).to_have_count(0)
    assert JoinedSessionUndo.objects.count() == 1
    assert Attendance.objects.filter(client=guest, session=other).count() == 1
    expect(person(page, one)).to_be_visible()


def test_a_page_that_nobody_sees_or_that_has_no_connection_does_not_ask(world, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/room/people/" in request.url else None)
    page.context.set_offline(True)
    page.clock.fast_forward(4 * LOOK)
    assert asked == []
    page.context.set_offline(False)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    page.clock.fast_forward(4 * LOOK)
    page.evaluate("document.documentElement.dataset.locked = 'pin'; delete document.hidden")
    page.clock.fast_forward(4 * LOOK)
    assert asked == []
    page.evaluate("delete document.documentElement.dataset.locked")
    assert looks_again(page) == 304


def test_a_look_that_was_asked_before_a_tap_does_not_take_the_mark_away(world, page):
    _live, session, [one, two, *_], _by = world
    actions.mark(by=actor("clinical_director"), session=session, client=two, state="absent", key="c1")
    held = []
    page.route("**/room/people/", lambda route: held.append((route, route.fetch())))
    page.clock.fast_forward(LOOK)
    while not held:
        page.evaluate("1")
    tap(page, one, "present")
    all_sent(page)
    [(route, answer)] = held
    route.fulfill(response=answer)
    expect(person(page, two)).to_have_attribute("data-state", "absent")
    expect(person(page, one)).to_have_attribute("data-state", "present")
