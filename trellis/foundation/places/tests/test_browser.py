"""Finding a meeting in a real browser, as wide as a phone and as wide as a desk, with JavaScript and without."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from trellis.foundation.places import finding
from trellis.foundation.places.models import WrongReport
from trellis.foundation.places.tests.factories import a_list, a_meeting
from trellis.foundation.program.tests.factories import load_pomona

SATURDAY = datetime(2026, 11, 28, 18, 5, tzinfo=ZoneInfo("America/Los_Angeles"))
SHOW = "form[data-finder] button.main"
POMONA = {"latitude": 34.0551, "longitude": -117.7523}


@pytest.fixture
def house(live, clock_at):
    clock_at(SATURDAY)
    finding.forget()
    load_pomona()
    aa, smart = a_list(kind="AA", title="Inland Empire"), a_list(kind="SMART Recovery", secular=True)
    a_meeting(aa, name="Nueva Esperanza", time=time(19, 0), languages=["es"], types=["O", "BE"])
    a_meeting(aa, name="Early Birds", time=time(18, 30))
    a_meeting(aa, name="Puerta Abierta", time=time(18, 15), languages=["es"], latitude=33.6189, longitude=-117.9298)
    a_meeting(
        smart, name="Herramientas", day=0, languages=["es"], attendance="hybrid", online_url="https://a.example/j"
    )
    for number in range(25):
        a_meeting(smart, name=f"Daily {number}", day=number % 7, time=time(12, 0))
    return live


def names(page):
    return page.locator(".found .row-title").all_inner_texts()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_in_pomona_finds_the_next_meeting_in_spanish_reports_a_wrong_one_and_prints_the_sheet(
    house, browser_page, width, javascript
):
    page = browser_page(width, javascript=javascript, locale="es-US")
    page.goto("/es/meetings/")
    page.fill("#near", "91766")
    page.select_option("#within", "15")
    page.select_option("#language", "es")
    page.click(SHOW)
    page.wait_for_url("**near=91766**")
    assert names(page) == ["Nueva Esperanza", "Herramientas"]
    assert page.locator(".day-head").first.inner_text() == "Hoy, sábado 28 de noviembre"
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

    page.click("text=Nueva Esperanza")
    assert "Hoy, sábado 28 de noviembre" in page.inner_text(".meeting-dates")
    assert "Su primera reunión" in page.inner_text("main")
    page.click("text=Aquí hay un error")
    page.check("input[name=what][value=not_there]")
    page.fill("textarea", "La puerta estaba cerrada.")
    page.click("form#wrong button.main")
    assert "Gracias. Alguien de aquí lo revisa" in page.inner_text("main")
    assert WrongReport.objects.get().words == "La puerta estaba cerrada."

    page.goto("/es/meetings/?near=91766&within=15&language=es")
    page.click("text=Imprimir en una hoja")
    page.emulate_media(media="print")
    assert page.is_visible("text=Nueva Esperanza")
    assert page.is_visible(".strips")
    assert not page.is_visible("text=Cambiar lo que lleva")
    assert page.context.cookies() == []


def test_an_address_to_share_says_only_what_was_asked_for(house, browser_page):
    page = browser_page(390)
    page.goto("/meetings/")
    page.fill("#near", "Pomona")
    page.click(SHOW)
    page.wait_for_url("**near=Pomona**")
    assert "day=" not in page.url
    assert "latitude" not in page.url
    page.go_back()
    assert page.is_enabled("#day")


def test_where_the_device_is_is_asked_only_at_a_tap_and_stands_in_no_address(house, browser_page):
    page = browser_page(390, geolocation=POMONA, permissions=["geolocation"])
    page.goto("/meetings/")
    page.click("[data-near]")
    page.wait_for_selector("text=where you are")
    assert names(page)[0] == "Early Birds"
    assert "Puerta Abierta" not in names(page)
    assert page.url.endswith("/meetings/#found") or page.url.endswith("/meetings/")
    page.click("text=More meetings")
    page.wait_for_selector("text=Before")
    assert "latitude" not in page.url


def test_a_device_that_does_not_say_gets_a_sentence_and_without_javascript_there_is_no_button(house, browser_page):
    page = browser_page(390, permissions=[])
    page.goto("/meetings/")
    page.click("[data-near]")
    page.wait_for_selector("text=did not say where it is")
    bare = browser_page(390, javascript=False)
    bare.goto("/meetings/")
    assert not bare.is_visible("[data-near]")


@pytest.mark.parametrize(("width", "dark", "language"), [(390, False, "/es"), (1440, True, ""), (1440, False, "/es")])
def test_every_page_is_accessible_and_fits_its_screen(house, browser_page, axe, width, dark, language):
    page = browser_page(width, dark=dark)
    one = a_meeting(name="A" * 250, address="B" * 200, notes="C" * 500, attendance="hybrid", phone="555-555-0100")
    for address in (
        "", "?near=Narnia&kind=AA&type=women", "?near=91766&within=1&type=asl", f"{one.public_id}/",
        f"{one.public_id}/wrong/", "sheet/?near=91766",
    ):  # fmt: skip
        page.goto(f"{language}/meetings/{address}")
        axe(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address


def test_with_the_keyboard_alone(house, browser_page):
    page = browser_page(1440)
    page.goto("/meetings/")
    page.focus("#near")
    page.keyboard.type("91766")
    page.keyboard.press("Enter")
    page.wait_for_url("**near=91766**")
    page.locator(".found .row-title a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Your first meeting")
