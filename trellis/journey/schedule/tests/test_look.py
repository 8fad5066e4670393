"""Pages in a real browser: seen at two widths and in two languages, sound for axe."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from trellis.journey.schedule.tests.evening import evening
from trellis.journey.schedule.tests.factories import NOW
from trellis.people.accounts.tests.factories import account_with, give_second_step, sign_in


@pytest.fixture
def place(live, clock_at, chromium):
    clock_at(NOW)
    return evening()


def cookies(live, account):
    browser = sign_in(Browser(), account)
    return [{"name": c.key, "value": c.value, "url": live.url} for c in browser.cookies.values()]


@pytest.fixture
def as_(live, browser_page):
    def open_as(account, width=1440, **options):
        page = browser_page(width, **options)
        page.context.add_cookies(cookies(live, account))
        return page

    return open_as


def facilitator(place):
    give_second_step(place["luis"].account)
    return place["luis"].account


PAGES = {
    "room": ("luis", lambda p: reverse("schedule:room", args=[p["tonight"].public_id])),
    "add": ("luis", lambda p: reverse("schedule:add", args=[p["tonight"].public_id])),
    "join": ("luis", lambda p: reverse("schedule:join", args=[p["tonight"].public_id])),
    "my-day": ("luis", lambda p: reverse("schedule:my_day")),
    "day-sheet": ("front_desk", lambda p: reverse("schedule:day_sheet")),
    "line": ("front_desk", lambda p: reverse("schedule:line", args=[p["beside"].public_id, p["others"][0].public_id])),
    "week": ("clinical_director", lambda p: reverse("schedule:week")),
    "session": ("clinical_director", lambda p: reverse("schedule:session", args=[p["tonight"].public_id])),
    "minutes": ("biller", lambda p: reverse("schedule:minutes", args=[p["people"][1].public_id])),
    "plan": ("clinical_director", lambda p: reverse("schedule:plan", args=[p["people"][1].public_id])),
    "tracks": ("clinical_director", lambda p: reverse("schedule:tracks")),
    "leaders": ("clinical_director", lambda p: reverse("schedule:leaders")),
    "leader": ("clinical_director", lambda p: reverse("schedule:leader", args=[p["tonight"].series.public_id])),
    "client": ("clinical_director", lambda p: reverse("clients:client", args=[p["people"][1].public_id])),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_at_both_widths_and_in_both_languages(live, place, as_, axe, screenshot, name):
    who, address = PAGES[name]
    account = facilitator(place) if who == "luis" else account_with(who)
    for width in (390, 1440):
        for prefix in ("", "/es"):
            page = as_(account, width)
            assert page.goto(prefix + address(place)).status == 200
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            screenshot(page, f"schedule-{name}-{width}{prefix.replace('/', '-')}")
            axe(page)
