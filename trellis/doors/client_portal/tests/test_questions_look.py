"""The questions in a browser: each answer is saved at once, and nothing is lost when the page is left."""

import pytest
from django.urls import reverse

from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.measures.actions import begin
from trellis.journey.measures.models import Answer, Outcome
from trellis.journey.schedule.tests.factories import NOW
from trellis.people.accounts.tests.factories import actor_of
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory

pytestmark = pytest.mark.browser


def test_answers_are_saved_at_once_and_follow_ups_appear(browser_page, live, axe, screenshot, clock_at):
    clock_at(NOW)
    load_pomona()
    person = ClientFactory(with_account=True, chosen_name="Marisol Ruiz")
    EpisodeFactory(client=person)
    screener = begin(
        by=actor_of(person.account), client=person, instrument="c-ssrs-screener", occasion="intake", way="phone",
        language="en",
    )  # fmt: skip
    page = browser_page(390, user=person.account)
    page.goto(live.address(reverse("my:question", args=[screener.public_id])))
    axe(page)
    page.check("#cssrs-1-0")
    page.wait_for_selector("#kept-cssrs-1:has-text('Saved')")
    assert page.locator("#q-cssrs-3").count() == 0
    page.check("#cssrs-2-1")
    page.wait_for_selector("#q-cssrs-5")
    page.wait_for_selector("#safety:has-text('You do not have to carry this alone')")
    assert page.locator("#kept-cssrs-2 a[href='tel:988']").is_visible(), "beside the answer, not only above"
    page.check("#cssrs-5-0")
    page.wait_for_selector("#kept-cssrs-5:has-text('Saved')")
    axe(page)
    screenshot(page, "questions-390")
    page.reload()
    assert page.is_checked("#cssrs-2-1")
    assert Answer.objects.filter(administration=screener).count() == 3
    for gone in ("#cssrs-3-0", "#cssrs-4-0", "#cssrs-6-0"):
        page.check(gone)
    page.click("text=Save and finish")
    page.wait_for_selector("h1:has-text('Thank you')")
    axe(page)
    assert Outcome.objects.get(administration=screener).severity == "low"
