"""The workbench and the client's letter in a real browser, on a phone and on a desk, in both languages."""

import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.tests.factories import account_with
from trellis.people.breaches.tests.factories import affects, assessed, happened, told, worded
from trellis.people.clients.tests.factories import SINCE, ClientFactory, StaffMemberFactory


@pytest.fixture
def director(live, clock_at):
    clock_at(SINCE)
    load_pomona()
    return StaffMemberFactory(account__roles=["clinical_director"], account__chosen_name="Gwen Ashby").account


@pytest.fixture
def breach(director):
    account = account_with("client", chosen_name="Marisol Ruiz", email="marisol@example.org")
    incident = happened()
    assessed(incident)
    worded(incident)
    client = ClientFactory(account=account, chosen_name="Marisol Ruiz", language="es", in_program=True)
    incident.marisol, _other = affects(incident, client, ClientFactory(chosen_name="Omar Reyes"))
    incident.sent, incident.account = told(incident.marisol), account
    return incident


def look(page, paths, width, language, axe, screenshot):
    for name, path in paths.items():
        page.goto(path)
        axe(page)
        screenshot(page, f"breaches-{name}-{language}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "language"), [(390, "es"), (1440, "en")])
def test_the_desk_is_accessible(director, breach, browser_page, axe, screenshot, width, language):
    of_incident = ("incident", "people", "learn", "delay", "assess", "letter", "pick", "reopen")
    with translation.override(language):
        paths = {name: reverse(f"breaches:{name}", args=[breach.public_id]) for name in of_incident}
        paths |= {name: reverse(f"breaches:{name}") for name in ("incidents", "new")}
        paths |= {
            name: reverse(f"breaches:{name}", args=[breach.marisol.public_id]) for name in ("mark", "tell", "print")
        }
        paths["find"] = reverse("breaches:find", args=[breach.public_id, "opened"])
        paths["log"] = reverse("breaches:log", args=[2026])
        paths["today"] = reverse("staff_desk:program_today")
    look(browser_page(width, user=director), paths, width, language, axe, screenshot)


@pytest.mark.parametrize(("width", "language"), [(390, "es"), (1440, "en")])
def test_the_clients_letter_is_accessible(breach, browser_page, axe, screenshot, width, language):
    with translation.override(language):
        paths = {"own": reverse("my:rights"), "own-letter": reverse("my:happened", args=[breach.sent.public_id])}
    look(browser_page(width, user=breach.account), paths, width, language, axe, screenshot)
