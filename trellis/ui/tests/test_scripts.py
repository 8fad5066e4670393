"""The shells' scripts in a real browser. Pages and files are handed to it here, so no server and no database."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from django.template import Context, Template
from django.utils.translation import override
from playwright.sync_api import Page, Route

from trellis.ui.assets import HERE

HOME = "http://localhost:8001"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
SIGNED_IN = {
    "csrf_token": "t0k3n",
    "signout_url": "/out/",
    "idle_seconds": 900,
    "idle_ping_url": "/ping/",
    "idle_leave_url": "/bye/",
    "find_url": "/find/",
    "exit_url": f"{HOME}/weather/",
    "other_language": "es",
    "other_language_url": "/es/",
    "other_language_name": "Español",
}
DRAFT = """
{% block heading %}Note{% endblock %}
{% block content %}<form class="form" data-draft="/draft/" method="post">
<input type="hidden" name="csrfmiddlewaretoken" value="formtoken">
<label for="w">Words</label><textarea class="input" id="w" name="words"></textarea>
<p data-draft-status data-saved="Saved on our side at {time}" data-waiting="Not saved yet." role="status"></p>
</form>{% endblock %}
{% block scripts %}<script type="module" src="/static/ui/drafts.js"></script>{% endblock %}
"""

Serve = Callable[..., tuple[Page, list[Any]]]


@pytest.fixture
def serve(browser_page: Any) -> Serve:
    def start(shell: str, blocks: str = "", *, draft_status: int = 200, **options: Any) -> tuple[Page, list[Any]]:
        page = browser_page(390, **options)
        asked: list[Any] = []
        with override("en"):
            heading = "" if "block heading" in blocks else "{% block heading %}A page{% endblock %}"
            html = Template(f'{{% extends "ui/{shell}.html" %}}{heading}{blocks}').render(Context(SIGNED_IN))

        def answer(route: Route) -> None:
            path = urlparse(route.request.url).path
            if path.startswith("/static/"):
                file = HERE / "static" / path.removeprefix("/static/")
                known = file.is_file()
                route.fulfill(
                    status=200 if known else 404,
                    body=file.read_bytes() if known else b"",
                    content_type=KINDS.get(file.suffix, "text/plain"),
                )
                return
            asked.append(route.request)
            if path == "/draft/":
                route.fulfill(
                    status=draft_status, content_type="application/json", body=json.dumps({"saved_at": "5:52 pm"})
                )
            elif path in ("/ping/", "/out/"):
                route.fulfill(status=204)
            else:
                route.fulfill(content_type="text/html", body=html if path == "/" else "<title>elsewhere</title>")

        page.route("**/*", answer)
        return page, asked

    return start


def test_a_draft_is_kept_on_the_server_two_seconds_after_the_last_key(serve: Serve) -> None:
    page, asked = serve("plain", DRAFT)
    page.goto(HOME)
    page.fill("textarea", "what she said")
    page.wait_for_selector("text=Saved on our side at 5:52 pm")
    sent = next(request for request in asked if request.url.endswith("/draft/"))
    assert parse_qs(sent.post_data) == {"words": ["what she said"]}
    assert sent.headers["x-csrftoken"] == "formtoken"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_draft_that_did_not_arrive_says_so(serve: Serve) -> None:
    page, _ = serve("plain", DRAFT, draft_status=503)
    page.goto(HOME)
    page.fill("textarea", "x")
    page.wait_for_selector("text=Not saved yet.")
    assert page.input_value("textarea") == "x"


def test_somebody_idle_is_warned_and_may_stay(serve: Serve) -> None:
    page, _ = serve("staff")
    page.clock.install()
    page.goto(HOME)
    page.clock.fast_forward(12 * 60 * 1000)
    assert not page.is_visible("#idle-warning")
    page.clock.fast_forward(61 * 1000)
    page.wait_for_selector("#idle-warning[open]")
    assert re.fullmatch(r"1:5\d", page.inner_text("[data-idle-left]"))
    with page.expect_request("**/ping/") as ping:
        page.click("[data-idle-stay]")
    page.wait_for_selector("#idle-warning", state="hidden")
    assert (ping.value.method, ping.value.headers["x-csrftoken"]) == ("POST", "t0k3n")


def test_somebody_gone_is_signed_out_and_nothing_typed_is_lost(serve: Serve) -> None:
    page, asked = serve("client", DRAFT)
    page.clock.install()
    page.goto(HOME)
    page.fill("textarea", "half a sentence")
    page.clock.fast_forward(15 * 60 * 1000 + 2000)
    page.wait_for_url("**/bye/")
    assert any("half" in (r.post_data or "") for r in asked if r.url.endswith("/draft/"))


def test_leaving_quickly_by_a_tap_signs_out_and_leaves_no_way_back(serve: Serve) -> None:
    page, _ = serve("client")
    page.goto(HOME)
    page.click(".help > summary")
    with page.expect_request("**/out/"):  # a beacon, which nobody waits for
        page.click("[data-exit]")
    page.wait_for_url("**/weather/")
    page.go_back()
    assert not page.url.startswith(HOME + "/?")
    assert page.title() != "A page"


def test_leaving_quickly_by_three_shifts(serve: Serve) -> None:
    page, _ = serve("public")
    page.goto(HOME)
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert page.url == HOME + "/"
    page.keyboard.press("Shift")
    page.wait_for_url("**/weather/")


def test_leaving_quickly_needs_no_script(serve: Serve) -> None:
    page, _ = serve("public", javascript=False)
    page.goto(HOME)
    page.click("[data-exit]")
    page.wait_for_url("**/weather/")


def test_the_menu_and_the_help_open_without_script(serve: Serve) -> None:
    page, _ = serve("client", javascript=False)
    page.goto(HOME)
    assert not page.is_visible("text=Call 911")
    page.click("text=Help now")
    assert page.is_visible("text=Call 911")


def test_a_question_mark_shows_the_keys_and_a_slash_goes_to_the_search(serve: Serve) -> None:
    page, _ = serve("staff", '{% block content %}<label>Words <input id="words"></label>{% endblock %}')
    page.goto(HOME)
    page.focus("#words")
    page.keyboard.press("?")
    assert not page.is_visible("#keys")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.wait_for_url("**/find/")


def test_a_slash_prefers_the_search_on_the_page(serve: Serve) -> None:
    page, _ = serve("staff", "{% block content %}<label>Find <input data-find></label>{% endblock %}")
    page.goto(HOME)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.hasAttribute('data-find')")
    assert page.input_value("[data-find]") == ""


@pytest.mark.parametrize("shell", ["public", "staff", "client", "plain", "print"])
def test_every_shell_is_accessible_and_fits(serve: Serve, axe: Any, shell: str) -> None:
    page, _ = serve(shell)
    page.goto(HOME)
    for width, scheme in ((390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(page)
