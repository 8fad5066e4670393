"""In a real browser: choosing on one's own page and at the desk, and what Today shows afterwards."""

from datetime import time

import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation.places import finding, spots
from trellis.foundation.places.tests.factories import a_list, a_meeting
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule.tests.factories import NOW
from trellis.people.accounts.tests.factories import account_with
from trellis.people.clients.tests.factories import ClientFactory

WEDNESDAY = 3


@pytest.fixture
def marisol(live, clock_at):
    clock_at(NOW)
    load_pomona()
    finding.forget()
    spots.warm()  # as the server does when it starts
    for kind, name in [("AA", "Paso a Paso"), ("SMART Recovery", "Herramientas")]:
        a_meeting(a_list(kind=kind), name=name, day=WEDNESDAY, time=time(19, 30), languages=["es"], types=["O", "X"])
    return ClientFactory(chosen_name="Marisol Ruiz", with_account=True, in_program=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_client_chooses_in_spanish_on_a_phone_and_today_shows_it(marisol, browser_page, axe, screenshot, javascript):
    page = browser_page(390, user=marisol.account, javascript=javascript)
    with translation.override("es"):
        page.goto(reverse("my:today"))
        page.get_by_role("link", name="Elegir lo que le conviene").click()
        page.get_by_label("¿Cerca de qué código postal").fill("91766")
        page.get_by_label("SMART Recovery").check()
        page.get_by_label("¿En qué idioma?").select_option("es")
        if javascript:
            axe(page)
            screenshot(page, "my-meetings-es-390")
        page.get_by_role("button", name="Guardar").click()
        page.get_by_role("link", name="Herramientas").wait_for()
        assert not page.get_by_text("Paso a Paso").count()
        if javascript:
            axe(page)
            screenshot(page, "today-meetings-es-390")


def test_the_desk_sees_its_page_and_the_panel(marisol, browser_page, axe, screenshot):
    desk = account_with("intake_coordinator")
    for width in (390, 1440):
        page = browser_page(width, user=desk)
        for language in ("en", "es"):
            with translation.override(language):
                for name in ("recovery:meetings", "clients:client"):
                    page.goto(reverse(name, args=[marisol.public_id]))
                    axe(page)
                    assert page.evaluate("document.documentElement.scrollWidth") <= width
                    screenshot(page, f"{name.replace(':', '-')}-{language}-{width}")


def test_a_place_that_nobody_knows_is_said_accessibly(marisol, browser_page, axe):
    page = browser_page(390, user=marisol.account)
    page.goto(reverse("my:meetings"))
    page.get_by_label("Near which ZIP code or place?").fill("00000")
    page.get_by_role("button", name="Save").click()
    page.locator(".has-error").first.wait_for()
    axe(page)
    assert page.get_by_label("Near which ZIP code or place?").input_value() == "00000"
