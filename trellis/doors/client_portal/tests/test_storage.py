"""Nothing of a page stays behind in the browser: whoever takes up the telephone next finds no name and no week."""

import pytest
from django.urls import reverse

from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule.tests.factories import NOW
from trellis.people.clients.tests.factories import AccountFactory, ClientFactory, EpisodeFactory

KEPT = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"


@pytest.fixture
def marisol(live, clock_at):
    clock_at(NOW)
    load_pomona()
    return EpisodeFactory(client=ClientFactory(with_account=True, chosen_name="Marisol Ruiz")).client


def test_a_clients_pages_leave_nothing_in_web_storage(marisol, browser_page):
    page = browser_page(390, user=marisol.account)
    for name in ("today", "week", "today"):
        page.goto(reverse(f"my:{name}"))
    page.go_back()
    assert page.evaluate(KEPT) == "[{},{}]"


def test_a_search_at_the_desk_leaves_nothing_in_web_storage(marisol, browser_page):
    page = browser_page(1440, user=AccountFactory(roles=["front_desk"]))
    page.goto(reverse("clients:find"))
    page.locator("#q").press_sequentially("Marisol")
    page.locator("#found").get_by_text("Marisol Ruiz").first.wait_for()
    page.goto(reverse("schedule:day_sheet"))
    page.go_back()
    assert page.evaluate(KEPT) == "[{},{}]"
    assert page.evaluate("htmx.config.historyEnabled") is False
