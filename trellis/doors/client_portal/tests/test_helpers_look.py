import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.tests.factories import SINCE, ClientFactory
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.tests.factories import signed, terms
from trellis.people.proxies.tests.factories import acting


@pytest.mark.parametrize(("width", "language"), [(390, "es"), (1440, "en")])
def test_a_client_reads_who_acts_for_them_and_makes_a_link(
    live, clock_at, browser_page, axe, screenshot, width, language
):
    clock_at(SINCE)
    load_pomona()
    client = ClientFactory(chosen_name="Marisol Ruiz", in_program=True, with_account=True, account__language=language)
    acting(client)
    signed(client, terms(recipients=(Recipient("person", "Jorge Reyes"),)))
    page = browser_page(width, user=client.account)
    with translation.override(language):
        page.goto(reverse("my:helpers"))
    axe(page)
    screenshot(page, f"helpers-{language}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Jorge Reyes").check()
    page.locator("input[name=parts]").first.check()
    page.locator("form.form button").click()
    page.wait_for_load_state()
    axe(page)
    screenshot(page, f"helper-link-{language}-{width}")
    assert "/accounts/invitation/" in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
