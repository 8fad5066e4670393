"""The pages about clients in a real browser: accessible in both languages, on a phone and on a desk, by keyboard."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.tests.factories import (
    SINCE,
    CareAssignmentFactory,
    ClientFactory,
    EmergencyOpeningFactory,
    LegalNameFactory,
    StaffMemberFactory,
)


@pytest.fixture
def director(live, clock_at):
    clock_at(SINCE)
    load_pomona()
    return StaffMemberFactory(
        account__roles=["clinical_director", "front_desk"], account__chosen_name="Ana Lucero"
    ).account


@pytest.fixture
def marisol(director):
    ClientFactory(chosen_name="Tomás García", pronouns="he/him", in_program=True)
    ClientFactory(chosen_name="Denise Park")
    assignment = CareAssignmentFactory(
        episode__client__chosen_name="Marisol Ruiz",
        episode__client__safe_times="After six in the evening. Never at work.",
        staff_member__account__chosen_name="Luis Ortega",
        staff_member__account__roles=["counselor"],
        staff_member__credential="SUDCC",
    )
    return LegalNameFactory(client=assignment.episode.client).client


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_are_accessible(director, marisol, browser_page, axe, screenshot, language):
    with translation.override(language):
        paths = {name: reverse(f"clients:{name}", args=[marisol.public_id]) for name in PAGES}
        paths["find"] = reverse("clients:find")
    for width in (390, 1440):
        page = browser_page(width, user=director)
        for name, path in paths.items():
            page.goto(path)
            looks_right(page, axe, screenshot, f"{name}-{language}-{width}")
        for name, words, leaves in FOUND:
            page.goto(paths["find"])
            page.locator("#q").fill(words)
            page.locator("#found").get_by_text(leaves).wait_for(state="detached")
            looks_right(page, axe, screenshot, f"{name}-{language}-{width}")


def looks_right(page, axe, screenshot, name):
    axe(page)
    screenshot(page, f"clients-{name}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


PAGES = ("client", "name", "contact", "legal_name", "team")
#: what is looked for, and who leaves the list then
FOUND = (("found", "gar", "Marisol Ruiz"), ("slip", "marizol", "Tomás García"), ("nobody", "zzzz", "Tomás García"))


def test_slash_leads_to_the_search_and_names_appear_while_typing(director, marisol, browser_page):
    page = browser_page(1440, user=director)
    page.goto(reverse("clients:client", args=[marisol.public_id]))
    page.goto(reverse("clients:find"))
    page.keyboard.press("/")
    page.keyboard.type("garc")
    page.locator("#found").get_by_text("Tomás García").wait_for()
    page.locator("#found").get_by_text("Marisol Ruiz").wait_for(state="detached")
    assert "garc" not in page.url


def test_the_search_works_without_javascript(director, marisol, browser_page):
    page = browser_page(390, user=director, javascript=False)
    page.goto(reverse("clients:find"))
    page.get_by_label("Name").fill("hernan")
    page.keyboard.press("Enter")
    page.get_by_text("Nobody by this name").wait_for()
    assert "hernan" not in page.url


def test_an_error_is_accessible_and_says_where_it_is(director, marisol, browser_page, axe):
    page = browser_page(390, user=director)
    page.goto(reverse("clients:contact", args=[marisol.public_id]))
    page.get_by_label("Telephone").fill("12")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Write it with the area code").first.wait_for()
    axe(page)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_of_an_emergency_are_accessible(director, marisol, browser_page, axe, screenshot, language):
    counselor = StaffMemberFactory(account__roles=["counselor"], account__chosen_name="Ben Adler").account
    opening = EmergencyOpeningFactory(client=marisol, account=counselor)
    EmergencyOpeningFactory(account=counselor, since=SINCE - timedelta(days=2), why="life")
    with translation.override(language):
        reading = [reverse("clients:emergencies"), reverse("clients:emergency_one", args=[opening.public_id])]
        opening_pages = [reverse("clients:emergency"), reverse("clients:client", args=[marisol.public_id])]
    for width in (390, 1440):
        for user, paths in ((director, reading), (counselor, opening_pages)):
            page = browser_page(width, user=user)
            for path in paths:
                page.goto(path)
                axe(page)
                screenshot(page, f"emergency-{path.strip('/').split('/')[-1][:12]}-{language}-{width}")
                assert page.evaluate("document.documentElement.scrollWidth") <= width
