import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule.tests.factories import NOW, RoomFactory, SeriesFactory, SessionFactory
from trellis.people.clients.tests.factories import AccountFactory


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("dates", [0, 2])
def test_the_page_is_accessible_with_dates_and_without(live, clock_at, browser_page, axe, screenshot, language, dates):
    clock_at(NOW)
    load_pomona()
    names = {"en": "Family evening", "es": "Noche de familias"}
    for _ in range(dates):
        series = SeriesFactory(kind="family-education", names=names, languages=["en", "es"])
        SessionFactory(series=series, in_room=RoomFactory(names={"en": "Room 2", "es": "Sala 2"}))
    account = AccountFactory(roles=["loved_one"], language=language)
    with translation.override(language):
        path = reverse("family:home")
    for width in (390, 1440):
        page = browser_page(width, user=account)
        page.goto(path)
        axe(page)
        screenshot(page, f"family-{dates}-{language}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
