"""From the inquiry to the first session in a real browser, and the week on one sheet of paper."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation import clock
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.admission.tests.factories import InquiryFactory
from trellis.journey.schedule.actions import enroll_in_track, generate_sessions
from trellis.journey.schedule.models import Track
from trellis.journey.schedule.tests.factories import NOW, SYSTEM
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, StaffMemberFactory


@pytest.fixture
def intake(live, clock_at):
    with clock.travel(datetime(2026, 11, 2, 20, tzinfo=UTC)):
        load_pomona()
    clock_at(NOW)
    generate_sessions(by=SYSTEM)
    StaffMemberFactory(account__roles=["therapist"], account__chosen_name="Dana Cole", credential="LMFT", licensed=True)
    ClientFactory(chosen_name="Marisol Ruiz")
    return StaffMemberFactory(account__roles=["intake_coordinator"], account__chosen_name="Ana Lucero").account


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_form_is_accessible_empty_and_with_errors(intake, browser_page, axe, screenshot, language):
    inquiry = InquiryFactory(name="Marisol Ruiz")
    with translation.override(language):
        path = reverse("admission:admit", args=[inquiry.public_id])
    for width in (390, 1440):
        page = browser_page(width, user=intake)
        page.goto(path)
        axe(page)
        screenshot(page, f"start-{language}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("form.form button.main").click()
        page.locator(".has-error").first.wait_for()
        axe(page)
        screenshot(page, f"start-error-{language}-{width}")


def test_from_the_inquiry_to_the_first_session_and_onto_paper(intake, browser_page, axe, screenshot):
    inquiry = InquiryFactory(name="Elena Soto", language="en")
    page = browser_page(1440, user=intake)
    page.goto(reverse("admission:admit", args=[inquiry.public_id]))
    page.get_by_label("Date of birth").fill("1992-03-14")
    page.get_by_label("Who pays").select_option("medi-cal")
    page.get_by_label("Why this level of care").fill("Needs structure several days a week.")
    page.get_by_label("Who decides on the admission").select_option(label="Dana Cole, LMFT")
    page.get_by_label("Evening track ·").check()
    page.get_by_role("button", name="Admit and enroll").click()
    page.get_by_role("heading", name="Elena is in the program").wait_for()
    axe(page)
    screenshot(page, "started-1440")
    page.get_by_role("link", name="Print their week").click()
    page.get_by_role("heading", name="Elena’s week").wait_for()
    axe(page)
    screenshot(page, "sheet-1440")
    pdf = page.pdf(format="Letter")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
    client = Client.objects.get(chosen_name="Elena Soto")
    page.goto(reverse("clients:client", args=[client.public_id]))
    axe(page)
    screenshot(page, "admitted-client-1440")


@pytest.mark.parametrize("language", ["en", "es"])
def test_starting_without_an_inquiry_is_accessible_and_asks_about_those_we_know(
    intake, browser_page, axe, screenshot, language
):
    with translation.override(language):
        path = reverse("admission:admit_new")
    for width in (390, 1440):
        page = browser_page(width, user=intake)
        page.goto(path)
        axe(page)
        screenshot(page, f"start-new-{language}-{width}")
        page.locator("[name=chosen_name]").fill("Marisol Ruiz")
        page.locator("form.form button.main").click()
        page.locator("[name=known]").first.wait_for()
        axe(page)
        screenshot(page, f"start-new-known-{language}-{width}")
        assert page.locator("[name=chosen_name]").input_value() == "Marisol Ruiz"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_end_of_a_stay_and_a_new_one_are_accessible(intake, browser_page, axe, screenshot, language):
    director = StaffMemberFactory(account__roles=["clinical_director"]).account
    here, gone = ClientFactory(chosen_name="Elena Soto", in_program=True), EpisodeFactory(closed=True).client
    enroll_in_track(
        by=SYSTEM, episode=here.episodes.get(), track=Track.objects.get(key="evening"), since=date(2026, 11, 16)
    )
    with translation.override(language):
        close, again = (
            reverse("admission:finish", args=[here.public_id]),
            reverse("admission:again", args=[gone.public_id]),
        )
    for width in (390, 1440):
        page = browser_page(width, user=director)
        page.goto(again)
        axe(page)
        screenshot(page, f"again-{language}-{width}")
        page.goto(close)
        axe(page)
        screenshot(page, f"finish-{language}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("form.form button.main").click()
        page.locator(".has-error").first.wait_for()
        axe(page)
        screenshot(page, f"finish-error-{language}-{width}")


def test_a_stay_is_closed_by_keyboard_and_the_page_says_so(intake, browser_page, axe, screenshot):
    director = StaffMemberFactory(account__roles=["clinical_director"]).account
    here = ClientFactory(chosen_name="Elena Soto", in_program=True)
    page = browser_page(1440, user=director)
    page.goto(reverse("clients:client", args=[here.public_id]))
    page.get_by_role("link", name="Close the stay").press("Enter")
    page.get_by_label("Finished the program").press("Space")
    page.get_by_role("button", name="Close the stay").press("Enter")
    page.get_by_text("The stay is closed. Groups and hours end with that day.").wait_for()
    axe(page)
    screenshot(page, "finished-1440")
    # The summary is owed from now on, and the record goes on.
    page.get_by_role("heading", name="How a stay ended, and its summary").wait_for()
    page.goto(reverse("clients:client", args=[here.public_id]))
    page.get_by_role("link", name="Start a new stay").wait_for()
