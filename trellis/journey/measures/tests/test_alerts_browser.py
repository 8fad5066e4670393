"""An answer that does not wait, in a browser without scripts; `tests/journeys/test_safety_answer.py` has the rest."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.measures.tests.alerted import alerted
from trellis.people.clients.tests.factories import ClientFactory, StaffMemberFactory

MONDAY = datetime(2026, 11, 23, 18, tzinfo=UTC)


@pytest.fixture
def cast(live, clock_at):
    clock_at(MONDAY)
    load_pomona()
    return Cast()


def test_without_a_script_and_in_spanish_it_is_found_and_taken_on(cast, browser_page, screenshot):
    counselor = cast.account("counselor")
    StaffMemberFactory(account=counselor)
    alerted(ClientFactory(in_program=True, chosen_name="Ramona Quill"))
    page = browser_page(390, javascript=False, locale="es-US", user=counselor)
    page.goto("/es/desk/alerts/")
    expect(page.get_by_role("heading", name="Una respuesta necesita a una persona")).to_be_visible()
    screenshot(page, "alerts-es-390")
    page.get_by_role("link", name="Ramona Quill").click()
    page.get_by_role("button", name="Yo me encargo").click()
    expect(page.locator("main").get_by_text("Marcus Bell se encarga:")).to_be_visible()
    screenshot(page, "alert-es-390")
