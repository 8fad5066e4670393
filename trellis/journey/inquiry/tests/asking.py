"""Asking for help as a browser without JavaScript and without cookies does: it sends what stands in the form."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client


class _Fields(HTMLParser):
    """The fields of `form#inquiry`: hidden ones with their values, and the names of all."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.hidden: dict[str, list[str]] = {}
        self.names: set[str] = set()
        self.action = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("id") == "inquiry":
            self.inside, self.action = True, given["action"]
        if self.inside and "name" in given and tag in ("input", "textarea", "select"):
            self.names.add(given["name"])
            if given.get("type") == "hidden":
                self.hidden.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def fields(response: HttpResponse) -> _Fields:
    parser = _Fields()
    parser.feed(response.content.decode())
    assert parser.action, "the page has no form#inquiry"
    return parser


ANSWERS: dict[str, Any] = {
    "for_whom": "self",
    "name": "Marisol",
    "telephone": "909-555-0134",
    "may_leave_message": "yes",
    "may_text": "no",
    "times": ["evening"],
    "language": "en",
    "words": "After six, please.",
}


class Asker:
    """Walks the five pages; `answers` changes what is typed, None leaves a field out."""

    def __init__(self, browser: Client | None = None, language: str = "en", **headers: str) -> None:
        self.browser = browser or Client()
        self.start = "/help/" if language == "en" else f"/{language}/help/"
        self.headers = headers
        self.pages: list[HttpResponse] = []

    def get(self) -> HttpResponse:
        self.pages.append(self.browser.get(self.start))
        return self.pages[-1]

    def send(self, page: HttpResponse, **typed: Any) -> HttpResponse:
        form = fields(page)
        data = form.hidden | {name: value for name, value in typed.items() if value is not None}
        self.pages.append(self.browser.post(form.action, data, headers=self.headers))
        return self.pages[-1]

    def until_last(self, **answers: Any) -> HttpResponse:
        """The page with the last question, everything before it answered."""
        typed = ANSWERS | answers
        page = self.get()
        for _ in range(4):
            page = self.send(page, **{name: typed.get(name) for name in fields(page).names if name in typed})
        return page

    def ask(self, **answers: Any) -> HttpResponse:
        typed = ANSWERS | answers
        page = self.until_last(**answers)
        return self.send(page, **{name: typed.get(name) for name in fields(page).names if name in typed})


def told(response: HttpResponse) -> str:
    """The page as text, with entities as people see them."""
    from html import unescape

    return " ".join(unescape(response.content.decode()).split())
