"""The pages for who asks from outside, in a real browser: both languages, a phone and a desk, no scripts."""

import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.tests.factories import SINCE, ClientFactory, StaffMemberFactory
from trellis.people.consent.models import OutsideRequest
from trellis.people.consent.tests.heard import a_note, read

TOLD = "She told me that she has nowhere to sleep, and that she does not want to wake up any more."


@pytest.fixture
def director(live, clock_at):
    clock_at(SINCE)
    load_pomona()
    for name, role in (("Luis Ortega", "therapist"), ("Grace Tanaka", "counselor"), ("Owen Hale", "medical_director")):
        StaffMemberFactory(account__roles=[role], account__chosen_name=name)
    ClientFactory(chosen_name="Marisol Ruiz", pronouns="she/her", in_program=True)
    return StaffMemberFactory(
        account__roles=["clinical_director", "therapist"], account__chosen_name="Ana Lucero"
    ).account


@pytest.fixture
def note(director):
    a_note(asker="reporter", by=f"account:{director.pk}")
    read(
        done := a_note(asker="police", told="They asked for a list.", by=f"account:{director.pk}"),
        done="Counsel called.",
    )
    note = a_note(
        asker="loved_one", danger=True, in_confidence=True, about="Marisol Ruiz", told=TOLD,
        asker_name="Jorge, her father", asker_contact="(909) 555-0142", asked_for="Is she with you?",
        by=f"account:{director.pk}",
    )  # fmt: skip
    note.done = done
    return note


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_are_accessible(director, note, browser_page, axe, screenshot, language):
    with translation.override(language):
        paths = {name: reverse(f"consent:asked{name}") for name in ("", "_done", "_danger", "_waiting")}
        paths |= {one: reverse("consent:asked_by", args=[one]) for one in ("loved_one", "warrant", "subpoena")}
        paths |= {"one": reverse("consent:asked_one", args=[note.public_id])}
        paths |= {"read": reverse("consent:asked_one", args=[note.done.public_id])}
        paths |= {"my-day": reverse("schedule:my_day"), "today": reverse("staff_desk:program_today")}
    for width in (390, 1440):
        page = browser_page(width, user=director)
        for name, path in paths.items():
            page.goto(path)
            axe(page)
            screenshot(page, f"outside-{name.strip('_') or 'who'}-{language}-{width}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_call_is_written_down_without_javascript(director, note, browser_page):
    page = browser_page(390, user=director, javascript=False)
    page.goto(reverse("consent:asked"))
    page.get_by_role("link", name="An employer or a school").click()
    page.get_by_text("I can neither confirm nor deny").first.wait_for()
    page.get_by_label("What do they tell us?").fill("He did not come to work.")
    page.get_by_label("Somebody may be in danger").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Do this now").wait_for()
    assert "work" not in page.url


def test_a_note_is_given_to_a_client_by_search_and_choice(director, note, browser_page, axe, screenshot):
    page = browser_page(1440, user=director)
    page.goto(reverse("consent:asked_one", args=[note.public_id]))
    page.get_by_label("What did you do?").fill("Spoke with her; she is with us now.")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Marisol Ruiz (she/her)").check()
    axe(page)
    screenshot(page, "outside-found-1440")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Written down. Nothing of it").wait_for()
    assert OutsideRequest.objects.get(pk=note.pk).review.done == "Spoke with her; she is with us now."


def test_an_error_is_accessible(director, note, browser_page, axe):
    page = browser_page(390, user=director)
    page.goto(reverse("consent:asked_one", args=[note.public_id]))
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Choose one line").first.wait_for()
    axe(page)
