"""One visit: open or send, then look at the page as somebody who sees, hears or only uses keys would."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, Response

from tests.support.browser import AXE, Opener
from tests.walk import finders
from tests.walk.houses import NOBODY, House
from tests.walk.table import Row

HERE = Path(__file__).parent
LOOKING, KEYS = ((HERE / name).read_text() for name in ("looking.js", "keys.js"))
AXE_SOURCE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text()
SMALLEST = 13.5
MOST_TABS = 400
#: a form token of our own, in the cookie and in the form
TOKEN = "w" * 32

INLINE = (
    (re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"?application/(?:json|ld))[^>]*>", re.I), "a script in the page"),
    (re.compile(r"<style\b", re.I), "a style sheet in the page"),
    (re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I), "a style on an element"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I), "a script on an element"),
)
TELLING = re.compile(
    r"\b(iop|treatment|recovery|addict\w*|rehab\w*|sobriety|substance|drug\w*|alcohol\w*|therap\w*|counsel\w*|clinic\w*"
    r"|tratamiento|recuperación|adicci\w*|consumo|terapia\w*|alcohol\w*|droga\w*|consejer\w*|clínic\w*)\b",
    re.IGNORECASE,
)
#: what a sign-in anywhere has
PLAIN = re.compile(r"recovery codes?|códigos? de recuperación", re.I)


@dataclass(frozen=True)
class Look:
    """How wide the window is and which language the visitor reads."""

    width: int
    language: str
    dark: bool = False

    def __str__(self) -> str:
        return f"{self.width} px, {self.language}" + (", dark" if self.dark else "")


PHONE = Look(390, "es")
DESKTOP = Look(1440, "en")
LOOKS = (PHONE, DESKTOP)


@dataclass
class Walker:
    """Keeps one browser open a role and a look, and notes what it stumbles over."""

    house: House
    opener: Opener
    browsers: dict[tuple[str, Look], Page] = field(default_factory=dict)

    def page(self, who: str, look: Look, *, alone: bool = False) -> Page:
        known = self.browsers.get((who, look))
        if known and not alone:
            return known
        height = 844 if look.width < 700 else 900
        page = self.opener(
            look.width, height=height, locale="es-US" if look.language == "es" else "en-US", dark=look.dark,
            base_url=self.house.live.url,
        )  # fmt: skip
        if who != NOBODY:
            page.context.add_cookies(self.house.cookies(who))
        if not alone:
            self.browsers[who, look] = page
        return page

    def address(self, row: Row, language: str) -> str:
        found = finders.arguments(self.house, row.find)
        with translation.override(language):
            path = reverse(row.name, kwargs=found or None, urlconf="tests.walk.addresses")
        return f"{path}?{finders.QUERIES[row.query](self.house)}" if row.query else path

    def arrive(self, row: Row, look: Look) -> tuple[Page, str]:
        page = self.page(row.who, look, alone=row.alone)
        if row.before:
            finders.BEFORE[row.before](page, self.house)
        return page, self.address(row, look.language)


def send(page: Page, path: str, fields: dict[str, Any]) -> Response:
    """A form with these fields and nothing else, sent from a page of ours as a browser sends it."""
    if not page.url.startswith("http"):
        page.goto("/health/live")
    token = next((c["value"] for c in page.context.cookies() if c["name"] == "c"), None)
    if token is None:
        token = TOKEN
        # The whole house, not only the folder of the page on which the browser happens to be.
        page.context.add_cookies([{"name": "c", "value": token, "url": page.evaluate("location.origin")}])
    pairs = [[k, str(one)] for k, v in fields.items() for one in (v if isinstance(v, list) else [v])]
    with page.expect_navigation(wait_until="load") as going:
        page.evaluate(
            """({path, pairs}) => {
              const form = document.createElement("form");
              form.method = "post"; form.action = path; form.noValidate = true;
              for (const [name, value] of pairs) {
                const input = document.createElement("input");
                input.type = "hidden"; input.name = name; input.value = value; form.append(input);
              }
              document.body.append(form); form.submit();
            }""",
            {"path": path, "pairs": [["csrfmiddlewaretoken", token], *pairs]},
        )
    return going.value


def ask(page: Page, address: str, fields: dict[str, Any] | None = None) -> int:
    """The status alone, of a visit or of what is sent, as a script of ours would ask."""
    if fields is None:
        return page.context.request.get(address, max_redirects=0).status
    own = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies() if c["name"] != "c")
    headers = {"Cookie": f"{own}; c={TOKEN}", "X-CSRFToken": TOKEN, "Origin": address[: address.index("/", 8)]}
    return page.context.request.post(address, form=fields, headers=headers, max_redirects=0).status


def instead(page: Page) -> str:
    """What stands there when the answer was not the expected one."""
    return f"{page.url}: {page.title()}: {page.locator('h1').first.inner_text() if page.locator('h1').count() else ''}"


def first_answer(response: Response) -> Response:
    """The answer to what was sent, before any redirect that it led to."""
    request = response.request
    while request.redirected_from:
        request = request.redirected_from
    return request.response()


def faults_of(page: Page, response: Response, look: Look, *, names: frozenset[str], public: bool) -> list[str]:
    html = response.text()
    found = [f"{words}: {match.group()[:140]}" for shape, words in INLINE if (match := shape.search(html))]
    found += page.evaluate(f"({LOOKING})({{language: '{look.language}', smallest: {SMALLEST}}})")
    found += telling_title(page.title(), names, public=public)
    return found if seen_before(html, look) else found + axe(page)


_judged: set[tuple[Look, int]] = set()
CHANGING = re.compile(r"\d+|\b[a-z0-9]{16}\b|[A-Za-z0-9_-]{32,}")


def seen_before(html: str, look: Look) -> bool:
    """The same page was judged elsewhere on this walk: only numbers and ids differ."""
    key = (look, hash(CHANGING.sub("", html)))
    if key in _judged:
        return True
    _judged.add(key)
    return False


def telling_title(title: str, names: frozenset[str], *, public: bool) -> list[str]:
    found = [f"the title names somebody: {title}" for name in names if name in title]
    if not public and (match := TELLING.search(PLAIN.sub("", title))):
        found.append(f"the title says {match.group()}: {title}")
    return found


def axe(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SOURCE)
    results = page.evaluate("options => axe.run(document, options)", AXE)
    return [
        f"axe, {wrong['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})"
        for wrong in results["violations"]
        for node in wrong["nodes"][:3]
    ]


def keyboard(page: Page) -> list[str]:
    """Tab from the first control to the last; each must be reached and look different there."""
    wanted = page.evaluate(KEYS)
    if wanted > MOST_TABS:
        return []
    found: list[str] = []
    for presses in (wanted + 4, 30, 60):  # what scrolls is a stop, too
        for _ in range(presses):
            page.keyboard.press("Tab")
        found = page.evaluate(KEYS)
        if not any(one.startswith("Tab") for one in found):
            break
    return found
