"""The group room in a real browser: marks at the tap, and nothing is lost when the connection is."""

import pytest
from django.test import Client as Browser
from django.urls import reverse
from playwright.sync_api import expect

from trellis.journey.schedule.models import Attendance, AttendanceUndo
from trellis.journey.schedule.tests.factories import NOW, tonight
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import give_second_step, sign_in


@pytest.fixture
def room(live, clock_at):
    """A group of ten that is on, and a way to open its room on a phone."""
    from trellis.foundation.program.tests.factories import load_pomona

    clock_at(NOW)
    load_pomona()
    session, clients, by = tonight(people=10)
    account = Account.objects.get(pk=by.account_id)
    give_second_step(account)
    browser = sign_in(Browser(), account)
    cookies = [{"name": c.key, "value": c.value, "url": live.url} for c in browser.cookies.values()]
    return reverse("schedule:room", args=[session.public_id]), clients, cookies


@pytest.fixture
def open_room(room, browser_page):
    def opened(**options):
        address, _clients, cookies = room
        page = browser_page(390, **options)
        page.context.add_cookies(cookies)
        page.goto(address)
        return page

    return opened


def person(page, client):
    return page.locator(f'[data-person="{client.public_id}"]')


def tap(page, client, mark):
    person(page, client).locator(f'[data-mark="{mark}"]').click()


def all_sent(page):
    expect(page.locator("[data-pending]")).to_have_count(0)


def states():
    return list(Attendance.objects.order_by("pk").values_list("state", flat=True))


def test_ten_marks_without_a_connection_are_ten_rows_when_it_is_back(room, open_room):
    _address, clients, _cookies = room
    page = open_room()
    page.context.set_offline(True)
    for n, client in enumerate(clients):
        tap(page, client, ("present", "late", "absent")[n % 3])
    assert page.locator("[data-pending]").count() == 10
    assert person(page, clients[1]).get_attribute("data-state") == "late"
    assert "No connection. 10 waiting" in page.inner_text("[data-status]")
    assert states() == []
    stored = page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert not any(client.public_id in stored or client.first_name in stored for client in clients), stored
    page.context.set_offline(False)
    all_sent(page)
    assert Attendance.objects.count() == 10
    assert Attendance.objects.values("client").distinct().count() == 10
    assert {p.get_attribute("data-marks") for p in page.locator("[data-person]").all()} == {"1"}
    assert page.inner_text("[data-status]") == "Everything is sent."


def test_an_answer_that_is_lost_is_asked_for_again_and_the_mark_is_kept_once(room, open_room):
    _address, [one, *_], _cookies = room
    page = open_room()
    lost = []

    def lose_the_first(route):
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)  # the server has it; the page never hears so
            route.abort()

    page.route("**/room/mark/", lose_the_first)
    tap(page, one, "present")
    all_sent(page)
    assert lost == [200]
    assert states() == ["present"]
    assert person(page, one).get_attribute("data-marks") == "1"


def test_late_takes_its_minutes_from_the_clock_and_one_tap_corrects_them(room, open_room):
    _address, [one, *_], _cookies = room
    page = open_room()
    tap(page, one, "late")
    assert person(page, one).locator("[data-word]").inner_text() == "Late 10 min"
    person(page, one).get_by_role("button", name="15", exact=True).click()
    all_sent(page)
    assert person(page, one).locator("[data-word]").inner_text() == "Late 15 min"
    assert list(Attendance.objects.order_by("pk").values_list("arrived_late_minutes", flat=True)) == [10, 15]


def test_undo_goes_back_to_none_and_a_mark_may_follow(room, open_room):
    _address, [one, *_], _cookies = room
    page = open_room()
    tap(page, one, "absent")
    person(page, one).locator("[data-undo]").click()
    assert person(page, one).get_attribute("data-state") == "none"
    tap(page, one, "present")
    all_sent(page)
    page.reload()
    assert person(page, one).get_attribute("data-state") == "present"
    assert person(page, one).get_attribute("data-marks") == "2"
    assert (states(), AttendanceUndo.objects.count()) == (["absent", "present"], 1)


def test_what_is_under_more_takes_two_taps(room, open_room):
    _address, [one, two, *_], _cookies = room
    page = open_room()
    person(page, one).locator(".more > summary").click()
    person(page, one).get_by_role("button", name="By video").click()
    person(page, two).locator(".more > summary").click()
    person(page, two).locator("input[name=reason]").fill("Court date")
    person(page, two).locator("input[name=reason]").press("Enter")
    all_sent(page)
    assert list(Attendance.objects.order_by("pk").values_list("state", "reason")) == [
        ("video", ""),
        ("excused", "Court date"),
    ]


def test_everybody_else_is_here_and_the_size_warns(room, open_room):
    _address, clients, _cookies = room
    page = open_room()
    tap(page, clients[0], "present")
    assert page.locator('[data-warning="below_minimum"]').is_visible()
    tap(page, clients[0], "absent")
    page.get_by_role("button", name="Everybody else is here").click()
    all_sent(page)
    assert not page.locator('[data-warning="below_minimum"]').is_visible()
    assert states() == ["present", "absent"] + ["present"] * 9
    assert page.locator('[data-count="present"] [data-number]').inner_text() == "9"


def test_a_refusal_is_told_beside_the_person_and_the_row_shows_how_it_stands(room, open_room, clock_at):
    _address, [one, *_], _cookies = room
    page = open_room()
    from trellis.foundation.record.guard import writing
    from trellis.journey.schedule.models import Session

    with writing("test"):
        Session.objects.update(status="cancelled")
    tap(page, one, "present")
    all_sent(page)
    assert "This group is cancelled" in person(page, one).inner_text()
    assert person(page, one).get_attribute("data-state") == "none"


def test_the_room_works_without_a_script(room, open_room):
    _address, [one, *_], _cookies = room
    page = open_room(javascript=False)
    tap(page, one, "late")
    assert person(page, one).get_attribute("data-state") == "late"
    person(page, one).get_by_role("button", name="15", exact=True).click()
    person(page, one).locator("[data-undo]").click()
    assert person(page, one).get_attribute("data-state") == "none"
    assert states() == ["late", "late"]


def test_the_room_is_used_by_keyboard_alone(room, open_room):
    _address, [one, *_], _cookies = room
    page = open_room()
    person(page, one).locator('[data-mark="present"]').focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    all_sent(page)
    assert states() == ["present", "late"]
