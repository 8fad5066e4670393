"""The day sheet in a real browser: one tap, with and without JavaScript."""

import pytest
from django.test import Client as Browser
from playwright.sync_api import expect

from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule.models import Arrival
from trellis.journey.schedule.tests.factories import NOW, AttendanceFactory, RoomFactory, tonight
from trellis.people.accounts.tests.factories import account_with, sign_in

URL = "/desk/day/"


def value(session, client):
    return f"{session.public_id}-{client.public_id}"


@pytest.fixture
def front_desk(live, clock_at, browser_page):
    """The sheet as a real browser has it, with three people expected."""
    clock_at(NOW)
    load_pomona()
    session, clients, _by = tonight(in_room=RoomFactory(), people=3)
    signed_in = sign_in(Browser(), account_with("front_desk"))

    def opened(width=1440, **options):
        page = browser_page(width, **options)
        cookies = signed_in.cookies.values()
        page.context.add_cookies([{"name": c.key, "value": c.value, "url": live.url} for c in cookies])
        page.goto(URL)
        return page

    return session, clients, opened


@pytest.mark.parametrize("javascript", [True, False])
def test_one_tap_marks_an_arrival_with_and_without_javascript(front_desk, javascript):
    session, [client, *_], opened = front_desk
    page = opened(390, javascript=javascript)
    line = page.locator(f'[id="{value(session, client)}"]')
    line.get_by_role("button").click()
    expect(line).to_contain_text("Arrived 5:40 pm")
    expect(page.locator("#matters")).to_have_text("2 people are not here yet")
    line.get_by_role("button").click()
    expect(line).to_contain_text("Not here yet")
    line.get_by_role("button").click()
    expect(line).to_contain_text("Arrived 5:40 pm")
    assert Arrival.objects.count() == 3


def test_after_a_tap_by_keyboard_the_keyboard_stays_on_the_line(front_desk):
    session, [client, *_], opened = front_desk
    page = opened()
    line = page.locator(f'[id="{value(session, client)}"]')
    line.get_by_role("button").press("Enter")
    expect(line).to_contain_text("Arrived")
    expect(line.get_by_role("button")).to_be_focused()


def test_a_call_is_settled_in_one_tap(front_desk):
    session, [client, *_], opened = front_desk
    AttendanceFactory(session=session, client=client, state="absent")
    page = opened()
    page.locator("#calls").get_by_role("button", name="Reached").click()
    expect(page.locator("#calls")).to_contain_text("No call is owed.")
    expect(page.locator(f'[id="{value(session, client)}"]')).to_contain_text("Call: Reached")
