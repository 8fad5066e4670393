"""pages.toml: who walks to each address, how its arguments are found, and which answer is expected there."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.walk.addresses import Address, every_address

FILE = Path(__file__).with_name("pages.toml")

#: what an address with arguments answers where its object is not there
ABSENT = 404
#: what an address answers to a visit when it is only sent to
NOT_FOR_OPENING = 405


@dataclass(frozen=True)
class Row:
    #: of the address
    name: str
    #: a role, `newcomer` (staff without a second step), `arriving`, `former` (their stay is over), or `nobody`
    who: str
    #: argument → finder of tests/walk/finders.py
    find: dict[str, str] = field(default_factory=dict)
    #: name of a finder that gives the query
    query: str = ""
    #: name of a preparation in tests/walk/finders.py that must go before
    before: str = ""
    #: the answer to a visit with data, and in a house where nobody has come yet
    status: int = 200
    empty: int | None = None
    #: what is sent to see an error: fields of a form; None where the page has no form
    send: dict[str, Any] | None = None
    #: the answer to it
    answer: int = 200
    #: only sent to, never opened
    acts: bool = False
    #: a browser of its own, because the visit ends or changes the session
    alone: bool = False
    #: a page from before the sign-in that may set a cookie
    cookies: bool = False
    #: answers something else than a page: JSON, a file, a redirect
    no_page: bool = False

    @property
    def answer_to_a_visit(self) -> int:
        return NOT_FOR_OPENING if self.acts else self.status

    @property
    def answer_when_empty(self) -> int:
        if self.empty is not None:
            return self.empty
        return ABSENT if self.find else self.answer_to_a_visit


@cache
def rows() -> dict[str, Row]:
    """By key: the address's name, or, where one is walked once more in another state, words of their own."""
    return {key: Row(**{"name": key} | values) for key, values in tomllib.loads(FILE.read_text()).items()}


def without_row(addresses: list[Address], known: dict[str, Row]) -> list[str]:
    return [
        f"{one.name}: tests/walk/pages.toml does not say who visits it" for one in addresses if one.name not in known
    ]


def without_address(addresses: list[Address], known: dict[str, Row]) -> list[str]:
    there = {one.name: one for one in addresses}
    faults = [f"{key}: no such address any more" for key, row in known.items() if row.name not in there]
    for key, row in known.items():
        if row.name in there and set(there[row.name].arguments) != set(row.find):
            faults.append(f"{key}: its arguments are {there[row.name].arguments}, the row finds {tuple(row.find)}")
    return faults


def names() -> list[str]:
    """Every address, and whatever is walked once more."""
    return sorted({one.name for one in every_address()} | set(rows()))
