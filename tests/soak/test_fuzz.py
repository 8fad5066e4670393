"""Whatever is sent to whichever address: never a 5xx. Addresses and their fields come from the running house."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from tests.soak.world import open_world
from tests.walk import finders
from tests.walk.houses import SETTINGS, House
from tests.walk.table import Row, rows

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

NASTY: dict[str, bytes] = {
    "empty": b"",
    "long": b"x" * 1_000_000,
    "digits": b"9" * 5_000,
    "nul": b"a\x00b",
    "surrogate": "\ud800".encode("utf-8", "surrogatepass"),
    "right to left": "\u202eabc\u202c".encode(),
    "1e308": b"1e308",
    "-1": b"-1",
    "2**63": b"9223372036854775808",
    "year 9999": b"9999-12-31",
    "year 1": b"0001-01-01",
    "not utf-8": b"\xff\xfe\x00",
    "nan": b"NaN",
}
IN_PATHS = ("9999-12-31", "0001-01-01", "2026-02-30", "-1", "\u202e", "a" * 300, "99999999999999999999", "%00")
QUERIES = ("page", "q", "day", "week", "track", "tab", "for", "next", "p", "over")


class Asked(House):
    """The same house without a server: asked in this process."""

    def client(self, who: str) -> Client:
        client = super().client(who)
        client.raise_request_exception = False
        return client


class Forms(HTMLParser):
    """The fields of every form on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in {"input", "select", "textarea", "button"} and found.get("name"):
            self.names.add(str(found["name"]))


class Here:
    url = "http://testserver"


@pytest.fixture
def house(committed_db) -> Iterator[House]:
    with override_settings(**SETTINGS):
        open_world(people=4)
        yield Asked(Here())


def encoded(pairs: list[tuple[str, bytes]]) -> bytes:
    quoted = (f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs)
    return "&".join(quoted).encode()


def post(client: Client, path: str, pairs: list[tuple[str, bytes]]) -> Any:
    return client.post(path, encoded(pairs), content_type="application/x-www-form-urlencoded")


def fault_in(answer: Any, *about: object) -> list[str]:
    """503 is an answer, too: a program that was not loaded yet says so."""
    if answer.status_code < 500 or answer.status_code == 503:
        return []
    raised = answer.exc_info[1] if getattr(answer, "exc_info", None) else answer.content[:300]
    return [f"{about}: {answer.status_code}: {raised!r}"[:500]]


def path_of(house: House, row: Row) -> str:
    return reverse(row.name, kwargs=finders.arguments(house, row.find) or None, urlconf="tests.walk.addresses")


def test_no_form_breaks_whatever_is_sent(house, soak):
    """Every address that takes something, each nasty value at least once over the rounds, as long as there is time."""
    faults: list[str] = []
    sending = [row for row in rows().values() if row.send is not None]
    soak.random.shuffle(sending)
    first = True
    while first or soak.left > 0:
        for row in sending:
            if not first and soak.left < 0:
                break
            client, path = house.client(row.who), path_of(house, row)
            fields = fields_of(client, path, row)
            for kind in NASTY if first else soak.random.sample(sorted(NASTY), 4):
                for pairs in shapes(soak, fields, NASTY[kind]):
                    names = sorted({name for name, _ in pairs})
                    faults += fault_in(post(client, path, pairs), row.name, kind, names)
        first = False
    assert not faults, "\n".join(sorted(set(faults)))


def fields_of(client: Client, path: str, row: Row) -> list[str]:
    forms = Forms()
    answer = client.get(path)
    if answer.status_code == 200:
        forms.feed(answer.content.decode(errors="replace"))
    return sorted((forms.names | set(row.send or ())) - {"csrfmiddlewaretoken"})


def shapes(soak, fields: list[str], value: bytes) -> Iterator[list[tuple[str, bytes]]]:
    """A list for a scalar, all fields with the value if it is small, and fields that nobody asked for."""
    extra = [("no_such_field", value), ("id", b"1"), ("is_active", b"on")]
    if not fields:
        yield extra
        return
    one = soak.random.choice(fields)
    yield [(one, value), (one, value if len(value) < 10_000 else b"again"), *extra[1:]]
    if len(value) < 10_000:
        yield [(name, value) for name in fields] + extra


def test_no_address_breaks_whatever_stands_in_it(house, soak):
    faults: list[str] = []
    asked = [row for row in rows().values() if not row.acts]
    soak.random.shuffle(asked)
    for number, row in enumerate(asked):
        if number > 15 and soak.left < 0:
            break
        client = house.client(row.who)
        for path in paths(house, row, soak):
            faults += fault_in(client.get(path), row.name, path[:120])
    assert not faults, "\n".join(sorted(set(faults)))


def paths(house: House, row: Row, soak) -> Iterator[str]:
    plain = path_of(house, row)
    for _ in range(3):
        kind = soak.random.choice(sorted(set(NASTY) - {"long"}))
        yield f"{plain}?{urlencode({soak.random.choice(QUERIES): NASTY[kind].decode(errors='replace')})}"
    found = finders.arguments(house, row.find)
    for name in found:
        for value in IN_PATHS:
            try:
                yield reverse(row.name, kwargs={**found, name: value}, urlconf="tests.walk.addresses")
            except NoReverseMatch:
                continue
