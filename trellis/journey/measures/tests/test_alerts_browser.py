"""An answer that does not wait, on the screen of somebody on duty, in a real browser and with no worker."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.measures.tests.alerted import alerted
from trellis.people.clients.tests.factories import ClientFactory, StaffMemberFactory

MONDAY = datetime(2026, 11, 23, 18, tzinfo=UTC)
POLL = 20_000


@pytest.fixture
def cast(live, clock_at):
    clock_at(MONDAY)
    load_pomona()
    return Cast()


def test_it_stands_on_an_open_screen_within_two_looks_and_leaves_when_somebody_wrote_what_was_done(
    cast, browser_page, axe, screenshot
):
    counselor = cast.account("counselor")
    StaffMemberFactory(account=counselor)
    page = browser_page(1440, user=counselor)
    page.clock.install()
    page.goto("/desk/clients/")
    strip = page.locator("#needs-now")
    expect(strip.locator("input")).to_be_attached()
    assert strip.locator(".notice").count() == 0
    alerted(ClientFactory(in_program=True, chosen_name="Ramona Quill"))
    for _ in range(2):
        page.clock.run_for(POLL)
    expect(strip.get_by_text("Somebody’s answer needs a person now.")).to_be_visible()
    axe(page)
    screenshot(page, "alert-strip-1440")

    strip.get_by_role("link", name="See who").click()
    page.get_by_role("link", name="Ramona Quill").click()
    page.get_by_role("button", name="I take this on").click()
    expect(page.locator("main").get_by_text("Marcus Bell has taken this on")).to_be_visible()
    axe(page)
    screenshot(page, "alert-1440")
    page.get_by_label("Talked with the client: safe for now, with a plan").check()
    page.get_by_label("What did you do?").fill("We talked, and she has a plan.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("We talked, and she has a plan.")).to_be_visible()

    page.goto("/desk/alerts/")
    expect(page.get_by_role("heading", name="No answer waits for a person")).to_be_visible()
    verbs = AuditEvent.objects.filter(verb__contains="alerts.").order_by("id").values_list("verb", flat=True)
    assert [verb for verb in verbs if "opened" not in verb] == ["alerts.raise", "alerts.take", "alerts.record"]


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
