import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import path
from django.utils.translation import override

from trellis.ui import context
from trellis.ui.navigation import Count, NavLink
from trellis.ui.pages.gallery import gallery
from trellis.ui.tests.factories import draw, get

SHELLS = ("public", "staff", "client", "plain", "print")
ERRORS = ("400", "403", "403_csrf", "404", "429", "500", "507")
NAV = [
    NavLink("today", "Today", "/today/", "sun"),
    NavLink("board", "Inquiries", "/board/", "inbox", Count(1, "rose", "1 overdue")),
]
SIGNED_IN = {"signed_in_name": "Dana O.", "account_url": "/me/", "signout_url": "/out/", "csrf_token": "t0k3n"}
IDLE = {"idle_seconds": 900, "idle_ping_url": "/ping/", "idle_leave_url": "/bye/"}

urlpatterns = [path("known/", gallery, name="known")]


def shell(name: str, **extra: Any) -> str:
    request = get("/known/")
    return render_to_string(
        f"ui/{name}.html", {**context.shell(request), "nav_items": NAV, "nav_current": "board", **extra}
    )


@pytest.mark.parametrize("name", SHELLS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_says_its_language_and_offers_the_other_once(name: str, language: str) -> None:
    with override(language):
        html = shell(name)
    other = "es" if language == "en" else "en"
    assert f'<html lang="{language}"' in html
    assert re.findall(r'<a [^>]*hreflang="(\w+)"', html) == [other]


@pytest.mark.parametrize("name", SHELLS)
def test_every_page_has_one_heading_one_main_and_a_way_past_the_navigation(name: str) -> None:
    html = shell(name)
    assert html.count("<h1") == 1
    assert html.count('<main id="main"') == 1
    assert 'class="skip" href="#main"' in html


@pytest.mark.parametrize("name", SHELLS)
def test_a_shell_with_nothing_in_it_still_renders(name: str) -> None:
    assert "</html>" in render_to_string(f"ui/{name}.html", {})


def test_public_pages_name_the_numbers_and_the_way_out() -> None:
    html = shell("public", ask_url="/ask/", program_name="Our program", program_phone="909-555-0100", signin_url="/in/")
    assert html.count('id="ask-for-help"') == 1
    assert 'data-exit-url="https://www.weather.gov/"' in html
    assert 'href="tel:988"' in html
    assert "csrf" not in html.lower()
    assert "htmx" not in html


def test_clients_find_help_and_their_places() -> None:
    html = shell("client", program_phone="909-555-0100", **SIGNED_IN)
    assert "Help now" in html
    assert 'href="tel:909-555-0100"' in html
    assert 'href="/board/" aria-current="page"' in html
    assert "htmx" not in html


def test_staff_have_the_rail_with_counts_and_a_sheet() -> None:
    html = shell("staff", find_url="/find/", **SIGNED_IN)
    assert html.count('aria-current="page"') == 2
    assert "1 overdue" in html
    assert 'data-find-url="/find/"' in html
    assert '"historyEnabled":false,"historyCacheSize":0' in html
    assert '"allowEval":false' in html
    assert 'hx-headers=\'{"X-CSRFToken": "t0k3n"}\'' in html


def test_the_idle_warning_stands_only_where_somebody_is_signed_in() -> None:
    assert 'data-idle-seconds="900"' in shell("staff", **IDLE)
    assert "idle.js" in shell("client", **IDLE)
    assert "idle" not in shell("staff")


def test_the_demo_says_that_it_is_one() -> None:
    for name in ("public", "staff", "client", "plain"):
        assert "This is a demo." in shell(name, demo_banner="This is a demo.")


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_of_error_need_nothing_and_name_the_numbers(name: str, language: str) -> None:
    with override(language):
        html = render_to_string(f"ui/errors/{name}.html", {})
    assert html.count("<h1") == 1
    assert 'href="tel:988"' in html
    assert 'href="tel:911"' in html


def test_a_refusal_says_its_sentence() -> None:
    assert "Only intake may." in render_to_string("ui/errors/403.html", {"sentence": "Only intake may."})
    assert "7f3a" in render_to_string("ui/errors/500.html", {"request_id": "7f3a"})


def test_the_gallery_shows_both_lights_in_both_languages() -> None:
    for language in ("en", "es"):
        with override(language):
            html = gallery(get("/known/")).content.decode()
        assert 'class="light gallery-side' in html
        assert 'class="dark gallery-side' in html
        assert "style=" not in html
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids))


@override_settings(ROOT_URLCONF="trellis.ui.tests.test_shells")
@pytest.mark.parametrize(
    ("path", "other", "expected"),
    [
        ("/known/?q=1", "es", "/known/?q=1"),
        ("/nowhere/?q=1", "es", "/es/nowhere/?q=1"),
        ("/es/nowhere/", "en", "/nowhere/"),
        ("/es", "en", "/"),
        ("/essay/", "es", "/es/essay/"),
    ],
)
def test_the_other_language_is_the_same_page(path: str, other: str, expected: str) -> None:
    assert context.other_language_url(path, other) == expected


def test_a_nav_link_in_the_sheet_is_the_one_in_the_rail() -> None:
    html = shell("staff")
    assert html.count('href="/today/"') == 2
    assert draw("{% nav_count c %}", c=Count(3, "gold")) in '<span class="chip chip-gold">3</span>'
