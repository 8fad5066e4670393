from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation import clock
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule.tests.factories import NOW, EnrollmentFactory, SeriesFactory, SessionFactory
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory
from trellis.people.proxies.tests.factories import acting

PAGES = ("person", "week", "tell", "record", "ask")


@pytest.mark.parametrize(("width", "language"), [(390, "es"), (1440, "en")])
def test_whoever_acts_for_somebody_finds_accessible_pages(
    live, clock_at, browser_page, axe, screenshot, width, language
):
    clock_at(NOW)
    load_pomona()
    client = ClientFactory(chosen_name="Marisol Ruiz", with_account=True, language=language)
    series = SeriesFactory(names={"en": "Relapse prevention", "es": "Prevención"})
    EnrollmentFactory(episode=EpisodeFactory(client=client), series=series)
    for days in (1, 2):
        SessionFactory(series=series, planned_on=clock.now().date() + timedelta(days=days))
    account, access = acting(client)
    page = browser_page(width, user=account)
    with translation.override(language):
        paths = {"acting": reverse("family:acting")}
        for name in PAGES:
            more = ["correction"] if name == "ask" else []
            paths[name] = reverse(f"family:{name}", args=[access.public_id, *more])
    for name, path in paths.items():
        page.goto(path)
        axe(page)
        screenshot(page, f"acting-{name}-{language}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
