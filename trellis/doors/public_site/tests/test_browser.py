import pytest
from django.urls import reverse
from django.utils.translation import override

from trellis.doors.public_site.places import ORDER
from trellis.journey.inquiry.tests.factories import MORNING, load_pomona


@pytest.fixture
def house(live, clock_at):
    clock_at(MORNING)
    load_pomona()
    return live


@pytest.mark.parametrize(("width", "language", "dark"), [(390, "es", False), (1440, "en", True), (1440, "es", False)])
def test_every_page_is_accessible_and_fits_its_screen(house, browser_page, axe, width, language, dark):
    page = browser_page(width, dark=dark)
    for key in ("home", *ORDER):
        with override(language):
            page.goto(reverse(f"site:{key}"))
        axe(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), key


def test_the_first_view_asks_for_few_files_and_leaves_no_cookie(house, browser_page):
    page = browser_page(1440)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/", wait_until="networkidle")
    assert len(asked) <= 8, asked
    assert page.context.cookies() == []


def test_on_paper_a_page_has_its_words_and_no_navigation(house, browser_page):
    page = browser_page(1440)
    page.goto("/week/")
    page.emulate_media(media="print")
    assert page.is_visible("h1")
    assert not page.is_visible("header nav")
    assert not page.is_visible("aside .panel")
