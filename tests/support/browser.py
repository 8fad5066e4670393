"""A real browser: the system's Chromium driven by Playwright. Nothing is downloaded, no other host is asked."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.environment import ROOT
from tests.support.live import Live
from tests.support.rules import missing

#: the first is Chromium without windows: the same pages at a third of the work
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: milliseconds that something may take to appear: what a busy machine needs, for a condition and never for a pause
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    where = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not where:
        missing("no Chromium on this machine")
    # Playwright runs its loop in this thread, which makes Django think that tests are asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=QUIET)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def browser_page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator["Opener"]:
    """`page = browser_page(390)`: a new browser of one person, closed after the test.

    A script error, a breach of the content policy or a request to another host fails the test when it ends;
    a test that means one takes it out of `page.problems`.
    """
    request.node.user_properties.append(("used_browser", True))
    opener = Opener(chromium, request)
    yield opener
    opener.close()


class Opener:
    def __init__(self, browser: Browser, request: pytest.FixtureRequest) -> None:
        self.browser = browser
        self.request = request
        self.contexts: list[BrowserContext] = []
        self.problems: list[str] = []

    def __call__(
        self,
        width: int = 1440,
        *,
        height: int | None = None,
        locale: str = "en-US",
        javascript: bool = True,
        dark: bool = False,
        user=None,
        **options,
    ) -> Page:
        """`user` is signed in on the live server. Other options are those of Playwright's new_context."""
        live: Live | None = self.request.getfixturevalue("live") if "live" in self.request.fixturenames else None
        if live:
            options.setdefault("base_url", live.url)
        context = self.browser.new_context(
            viewport={"width": width, "height": height or (844 if width < 700 else 900)},
            locale=locale,
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        if user is not None:
            context.add_cookies(live.cookies(user))
        self.watch(context)
        page = context.new_page()
        page.problems = self.problems
        return page

    def watch(self, context: BrowserContext) -> None:
        def note(wrong: bool, sentence: str) -> None:
            if wrong:
                self.problems.append(sentence)

        context.on("weberror", lambda e: note(True, f"script error: {e.error}"))
        context.on("console", lambda m: note("Content Security Policy" in m.text, m.text))
        context.on("request", lambda r: note(foreign(r.url), f"asked {r.url}"))

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        assert not self.problems, "\n".join(self.problems)


def foreign(url: str) -> bool:
    return not re.match(r"(http://(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:)", url)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with a readable report when the page as it stands is not accessible."""

    def look(page: Page, *, exclude: tuple[str, ...] = ()) -> None:
        page.wait_for_load_state()  # after a click the address is there before the page is
        context = {"exclude": [[selector] for selector in exclude]} if exclude else None
        results = Axe().run(page, context=context, options=AXE)
        assert not results.violations_count, f"{page.url}\n{results.generate_report()}"

    return look


@pytest.fixture
def screenshot() -> Callable[[Page, str], Path]:
    """`screenshot(page, "board-390")` writes var/screenshots/board-390.png, to be looked at."""
    folder = Path(os.environ.get("TRELLIS_SCREENSHOTS") or ROOT / "var" / "screenshots")

    def take(page: Page, name: str, *, full: bool = True) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.png"
        page.screenshot(path=path, full_page=full, animations="disabled")
        return path

    return take
