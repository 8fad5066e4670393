"""What the first view of a page weighs: its files with an empty cache, as they go over the wire."""

import gzip
from pathlib import Path
from urllib.parse import urljoin

from django.contrib.staticfiles import finders
from django.http import HttpResponse

from benchmarks.firstview import kind_of, links_in

KINDS = {".css": "css", ".js": "js"}
CODE = ("html", "css", "js")


def first_view(page: HttpResponse) -> dict[str, tuple[str, int]]:
    """Kind and bytes of the page, under an empty name, and of each file. The page was asked for without gzip."""
    text = page.content.decode()
    found = {"": (kind_of(page["Content-Type"]), len(gzip.compress(page.content)))}
    waiting = links_in("html", text)
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in found or not address.startswith("/static/"):
            continue
        file = Path(finders.find(address.removeprefix("/static/")) or "")
        found[address] = (KINDS.get(file.suffix, file.suffix), _wire(file))
        waiting += _further(address, file)
    return found


def _further(address: str, file: Path) -> list[str]:
    """What a style sheet or a script asks for; the fonts for other letters load only where one stands."""
    if file.suffix not in KINDS:
        return []
    links = links_in(KINDS[file.suffix], file.read_text())
    return [urljoin(address, link) for link in links if "-ext." not in link]


def _wire(file: Path) -> int:
    body = file.read_bytes()
    return len(body) if file.suffix == ".woff2" else len(gzip.compress(body))


def total(view: dict[str, tuple[str, int]], *kinds: str) -> int:
    return sum(size for kind, size in view.values() if not kinds or kind in kinds)
