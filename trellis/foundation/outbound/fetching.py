"""Fetch one document, guarded.

A name is resolved once, every address of it is judged, and the connection goes to a judged address: a name that
resolves to something else a moment later gains nothing. `httpcore` lies under `httpx`; it follows no redirect, reads no
proxy from the environment, unpacks nothing, and lets us give it the connection, so that Host and certificate are those
of the name and each single reading keeps the deadline of the whole.
"""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings

from trellis.foundation.outbound import rules
from trellis.foundation.outbound.deadline import Deadline
from trellis.foundation.outbound.faults import NotFetched
from trellis.foundation.outbound.resolving import resolve

if TYPE_CHECKING:
    import httpcore

MOST_ADDRESSES = 4
LONGEST_MARK = 100
MOVED = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Limits:
    """Seconds, bytes, and how often a site may send us on."""

    connect: float = 3
    read: float = 5
    whole: float = 10
    size: int = 2_000_000
    redirects: int = 3


@dataclass(frozen=True)
class Way:
    """How the network is reached. A test gives its own parts; an installation gives settings."""

    resolve: Callable[[str, int, float], list[str]] = resolve
    is_public: Callable[[str], bool] = rules.is_public
    dial: "httpcore.NetworkBackend | None" = None  # None: by sockets
    seconds: Callable[[], float] = time.monotonic
    tls: ssl.SSLContext | None = None
    ports: frozenset[int] = frozenset(rules.PORTS.values())
    plain: bool | None = None  # None: what the settings say

    def target(self, url: str) -> rules.Target:
        plain = settings.OUTBOUND_PLAIN if self.plain is None else self.plain
        schemes = {"https", "http"} if plain else {"https"}
        return rules.target(url, schemes=schemes, ports=self.ports, hosts=settings.OUTBOUND_HOSTS)


@dataclass(frozen=True)
class Answer:
    """`status` is 200, or 304 with an empty body: nothing changed since the etag or the date that was sent along."""

    status: int
    body: bytes
    etag: str
    last_modified: str
    url: str

    @property
    def unchanged(self) -> bool:
        return self.status == 304


def fetch(
    url: str, *, etag: str = "", last_modified: str = "", limit: Limits | None = None, way: Way | None = None
) -> Answer:
    """In: an address; what the last answer was marked with. Out: the answer. Raises NotFetched, with a sentence."""
    way, limit = way or Way(), limit or Limits()
    deadline = Deadline(limit.whole, way.seconds)
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    for _hop in range(limit.redirects + 1):
        target = way.target(url)
        answer = _ask(target, asked, limit, deadline, way)
        if isinstance(answer, Answer):
            return answer
        url = _sent_on(target.url, answer)
    raise NotFetched("redirects")


def _sent_on(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise NotFetched("address") from None


def _ask(target: rules.Target, asked: dict[str, str], limit: Limits, deadline: Deadline, way: Way) -> Answer | str:
    """One request; answers what came, or where the site sends us."""
    import httpcore  # 11 MB, for whoever fetches: pages never do

    from trellis.foundation.outbound.connecting import JudgedAddresses

    addresses = way.resolve(target.host, target.port, deadline.left(limit.connect))
    if not all(way.is_public(address) for address in addresses):
        raise NotFetched("inside")
    headers: dict[bytes | str, bytes | str] = {
        "Host": target.url.split("/")[2],
        "User-Agent": "Trellis",
        "Accept-Encoding": "identity",
    }
    headers |= {name: value for name, value in asked.items() if value}
    waits = {"connect": limit.connect, "read": limit.read, "write": limit.read, "pool": limit.connect}
    dial = JudgedAddresses(addresses[:MOST_ADDRESSES], deadline, way.dial or httpcore.SyncBackend())
    try:
        with (
            httpcore.ConnectionPool(ssl_context=way.tls, network_backend=dial) as pool,
            pool.stream("GET", target.url, headers=headers, extensions={"timeout": waits}) as response,
        ):
            return _read(response, target, asked, limit)
    except httpcore.TimeoutException:
        raise NotFetched("slow") from None
    except httpcore.NetworkError:
        raise NotFetched("unreachable") from None
    except (httpcore.ProtocolError, UnicodeError):
        raise NotFetched("broken") from None


def _read(response: "httpcore.Response", target: rules.Target, asked: dict[str, str], limit: Limits) -> Answer | str:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    etag, last_modified = (_mark(headers.get(name, "")) for name in ("etag", "last-modified"))
    if response.status in MOVED and headers.get("location"):
        return headers["location"]
    if response.status == 304 and any(asked.values()):
        return Answer(304, b"", etag or asked["If-None-Match"], last_modified or asked["If-Modified-Since"], target.url)
    if response.status != 200:
        raise NotFetched("status", str(response.status))
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise NotFetched("encoded")
    if int(headers.get("content-length", "0")) > limit.size:
        raise NotFetched("big")
    body = bytearray()
    for piece in response.iter_stream():
        body += piece
        if len(body) > limit.size:
            raise NotFetched("big")
    return Answer(200, bytes(body), etag, last_modified, target.url)


def _mark(text: str) -> str:
    """What a site marks its answer with goes back to it as it came; what could not be sent back is no mark."""
    return text if text.isascii() and len(text) <= LONGEST_MARK else ""
