"""The whole first view of a page with an empty cache: what a browser asks for, and how many bytes come."""

import gzip
import http.client
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from benchmarks.load import head_size

LINKS = {"stylesheet", "icon", "manifest", "preload", "modulepreload", "apple-touch-icon"}
SOURCES = {("script", "src"), ("img", "src"), ("use", "href"), ("source", "src")}
IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)""")
IN_SCRIPT = re.compile(r"""\bimport\s*(?:[\w*{}\s,]+\s*from\s*)?["']([^"']+)["']""")


@dataclass
class View:
    """Bytes on the wire by kind (html, css, js, font, image, other)."""

    requests: int = 0
    errors: int = 0
    kinds: dict[str, int] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        return sum(self.kinds.values())


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and set((given.get("rel") or "").split()) & LINKS and given.get("href"):
            self.found.append(given["href"] or "")
        self.found += [value for name, value in attrs if value and (tag, name) in SOURCES]


def first_view(port: int, path: str, headers: dict[str, str] | None = None) -> View:
    """Fonts that the style sheet names count whether or not this page shows them."""
    base = f"http://127.0.0.1:{port}"
    view, waiting, seen = View(), [urljoin(base, path)], set()
    while waiting:
        address = urldefrag(waiting.pop()).url
        if address in seen or not address.startswith(base):
            continue
        seen.add(address)
        waiting += [urljoin(address, link) for link in _fetch(view, address, headers or {})]
    return view


def _fetch(view: View, address: str, headers: dict[str, str]) -> list[str]:
    at = urlsplit(address)
    connection = http.client.HTTPConnection(at.netloc, timeout=30)
    connection.request(
        "GET", at.path + (f"?{at.query}" if at.query else ""), headers={"Accept-Encoding": "gzip", **headers}
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    kind = kind_of(response.getheader("Content-Type", ""))
    view.requests += 1
    view.errors += response.status != 200
    view.kinds[kind] = view.kinds.get(kind, 0) + len(body) + head_size(response)
    if response.getheader("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return links_in(kind, body.decode(errors="replace")) if kind in ("html", "css", "js") else []


def kind_of(content_type: str) -> str:
    plain = content_type.partition(";")[0]
    for kind, part in (("html", "html"), ("css", "css"), ("js", "javascript"), ("font", "font"), ("image", "image")):
        if part in plain:
            return kind
    return "other"


def links_in(kind: str, text: str) -> list[str]:
    if kind == "html":
        parser = _Links()
        parser.feed(text)
        return parser.found
    return [link for link in (IN_CSS if kind == "css" else IN_SCRIPT).findall(text) if not link.startswith("data:")]
