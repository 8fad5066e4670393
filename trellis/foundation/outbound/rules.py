"""What may be asked of the network. Pure: text and addresses in, a judgement out."""

import re
from collections.abc import Container
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import quote, urlsplit

from trellis.foundation.outbound.faults import NotFetched

LONGEST = 2_000
PORTS = {"https": 443, "http": 80}
#: What stands in a path as it is; other letters are written with %.
PLAIN = "/%:=&?~+!$,;'@()*[]"
NAME = re.compile(r"[a-z0-9_.-]*|[0-9a-f:.]+(%[a-z0-9]+)?")
#: What a web address never holds. `urlsplit` would take line breaks out in silence; browsers read \ as /.
ODD = re.compile(r"[\x00-\x20\x7f-\xa0\\]")

#: `is_global` is True for many of these: addresses that lead to another address inside, and the agents of cloud hosts.
CLOSED = tuple(map(ip_network, (
    "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
    "168.63.129.16/32", "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16",
    "3fff::/20", "5f00::/16", "fec0::/10", "ff00::/8",
)))  # fmt: skip


@dataclass(frozen=True)
class Target:
    """One address, taken apart. `host` is the name in ASCII, `path` begins with / and holds the question too."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{name}{port}{self.path}"


def is_public(address: str) -> bool:
    """In: an address as the resolver gave it, never a text as typed. Out: does it lie in the open network?"""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    usual = found.is_global and not found.is_multicast and not found.is_reserved
    return usual and not any(found in network for network in CLOSED)


def target(url: str, *, schemes: Container[str], ports: Container[int], hosts: Container[str] = ()) -> Target:
    """In: an address as typed or as a redirect gave it; what is allowed (no hosts: any). Raises NotFetched."""
    if len(url) > LONGEST or ODD.search(url):
        raise NotFetched("address")
    try:
        parts = urlsplit(url)
        host, port = _in_ascii(parts.hostname or ""), parts.port
    except ValueError:  # UnicodeError is one
        raise NotFetched("address") from None
    if parts.scheme not in schemes:
        raise NotFetched("scheme" if parts.scheme and "://" in url else "address")
    if not host:
        raise NotFetched("address")
    if "@" in parts.netloc:
        raise NotFetched("user")
    port = PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise NotFetched("port")
    if hosts and host not in hosts:
        raise NotFetched("host")
    question = f"?{parts.query}" if parts.query else ""
    return Target(parts.scheme, host, port, quote((parts.path or "/") + question, safe=PLAIN))


def _in_ascii(host: str) -> str:
    """A name in other letters as the resolver and the certificate know it; an address of IPv6 stays as it is."""
    known = host if ":" in host else host.rstrip(".").encode("idna").decode().lower()
    if not NAME.fullmatch(known):
        raise ValueError
    return known
