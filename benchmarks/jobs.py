"""The five jobs, as requests of people who are signed in; M1 and M2: a meeting is looked for, near a ZIP."""

import http.client
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from benchmarks.load import Asked, Open, asking

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
STATES = ("present", "late", "present", "excused")
#: what each job is measured against
FLOORS = {
    "J1": "F1", "J2": "F1", "J5": "F1", "J3": "F2-J3", "J3x10": "J3", "J4": "F2-J4", "J4-typo": "F2-J4", "M1": "F1",
    "M2": "M1",
}  # fmt: skip
READS = ("F1", "F2-J1", "F2-J2", "F2-J4", "J1", "J2", "J4", "J4-typo", "J5", "M1", "M2")
WRITES = ("F2-J3", "J3", "J3x10")
ALL = (*READS, *WRITES)
#: marks at the pace of a busy evening, so many a second together; printed beside the table
STEADY, PACE = "steady", 200


def bare(port: int) -> list[Open]:
    return _opens(port, Asked("/"))


def reads(port: int, world: dict[str, Any]) -> dict[str, list[Open]]:
    desk = _cookie(world["desk"])

    typing = _of_a_page(port, world["desk"], world["find"])

    def search(words: list[str]) -> list[Open]:
        return _opens(port, Asked(world["find"], "POST", typing, lambda n: urlencode({"q": words[n % len(words)]})))

    return {
        "J1": _opens(port, Asked(world["sheet"], headers=desk)),
        "J2": _opens(port, *(Asked(world["own_week"], headers=_cookie(cookie)) for cookie in world["clients"])),
        "J4": search(world["terms"]),
        "J4-typo": search(world["slips"]),
        "J5": _opens(port, Asked("/")),
        "M1": _in_turn(port, world["meetings"]),
        "M2": _in_turn(port, world["meetings_by_zip"]),
    }


def _in_turn(port: int, addresses: list[str]) -> list[Open]:
    return _opens(port, Asked(lambda n: addresses[n % len(addresses)]))


def writes(port: int, world: dict[str, Any]) -> dict[str, list[Open]]:
    """One room for each connection; each mark has a key of its own, as a page draws it."""
    rooms = world["rooms"]
    one = {
        job: _opens(port, *(_marking(port, room, room["mark"], partial(_one, job, room)) for room in rooms))
        for job in ("J3", STEADY)
    }
    return one | {"J3x10": _opens(port, *(_marking_all(port, room) for room in rooms))}


def _marking_all(port: int, room: dict[str, Any]) -> Asked:
    whole = _marking(port, room, room["mark_all"], partial(_all, room))
    return replace(whole, says=f'"marked": {len(room["people"])}'.encode())


def _one(job: str, room: dict[str, Any], n: int) -> str:
    person = room["people"][n % len(room["people"])]
    return urlencode({"client": person, "do": STATES[n % len(STATES)], "key": f"{job}-{n}"})


def _all(room: dict[str, Any], n: int) -> str:
    marks = [(person, "present", f"J3x10-{n}-{place}") for place, person in enumerate(room["people"])]
    return urlencode([pair for mark in marks for pair in zip(("client", "state", "key"), mark, strict=True)])


def _marking(port: int, room: dict[str, Any], path: str, body: Callable[[int], str]) -> Asked:
    headers = _of_a_page(port, room["cookie"], room["address"])
    return Asked(path, "POST", headers | {"Accept": "application/json"}, body)


def _of_a_page(port: int, session: str, address: str) -> dict[str, str]:
    """What its form or script sends: the token of the page and the cookie that came with it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", address, headers=_cookie(session))
    response = connection.getresponse()
    token = CSRF.search(response.read().decode())
    cookies = [value.partition(";")[0] for name, value in response.getheaders() if name.lower() == "set-cookie"]
    connection.close()
    if response.status != 200 or not token:
        raise SystemExit(f"{address} answers {response.status} and no form.")
    return {
        "Cookie": "; ".join([f"s={session}", *(cookie for cookie in cookies if cookie.startswith("c="))]),
        "X-CSRFToken": token[1],
        "Origin": f"http://127.0.0.1:{port}",
    }


def _cookie(session: str) -> dict[str, str]:
    return {"Cookie": f"s={session}"}


def _opens(port: int, *asked: Asked) -> list[Open]:
    return [partial(asking, port, one) for one in asked]
