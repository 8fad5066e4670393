"""Runs inside Trellis, on the database to be measured: signs people in, and says what to ask for. Prints JSON."""

import json
import os
import random
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.config.settings")
    django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import meetings
from trellis.doors.demo import actions as demo
from trellis.doors.demo.build.house import BUILDER
from trellis.doors.demo.models import DemoMark
from trellis.doors.operations import static
from trellis.foundation import clock
from trellis.foundation.clock.models import ClockShift
from trellis.foundation.program import queries as program
from trellis.foundation.record.guard import writing
from trellis.journey.schedule import queries as schedule
from trellis.journey.schedule.models import Booking
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import account_with, sign_in
from trellis.people.clients.finding import find_clients
from trellis.people.clients.models import Client
from trellis.people.clients.rules import fold

#: while the first groups of the evening are on, with most of their hour to come
STANDS_AT = time(17, 10)
CONNECTIONS = 8
TERMS = 40
COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
LETTERS = 5


@dataclass
class RoomNow:
    cookie: str
    address: str
    mark: str
    mark_all: str
    people: list[str]


@dataclass
class World:
    desk: str
    clients: list[str]
    rooms: list[RoomNow]
    client: int
    day: list[str]
    week: list[str]
    day_lines: list[tuple[int, int]]
    other_lines: list[tuple[int, int]]  # of groups that are not on: raw writes there leave the rooms as they are
    terms: list[str]
    parts: list[str]  # the same, folded
    slips: list[str]
    sheet: str
    find: str
    own_week: str
    meetings: list[str]  # addresses of the finder
    meetings_by_zip: list[str]
    statements: dict[str, int] = field(default_factory=dict)


def build() -> World:
    static.gather()
    stand_still_at_the_evening()
    meetings.fill()
    with program.remembered():
        world = _world()
    world.statements = _statements(world)
    return world


def stand_still_at_the_evening() -> None:
    """A database that was built last week measures the same Wednesday."""
    zone = program.zone()
    shift = ClockShift.objects.get().seconds
    built_for = (DemoMark.objects.get().built_at + timedelta(seconds=shift)).astimezone(zone).date()
    demo.set_clock(by=BUILDER, to=datetime.combine(built_for, STANDS_AT, zone))


def _world() -> World:
    zone, now = program.zone(), clock.now()
    day = now.astimezone(zone).date()
    sheet = schedule.sessions_on(day, zone)
    lines = [(line.session_id, line.client_id) for one in sheet for line in one.lines]
    people = _clients([client for _session, client in lines])
    week = schedule.this_week(now)
    terms, slips = _terms(random.Random(7))
    return World(
        desk=_cookie(_staff("front_desk")),
        clients=[_cookie(client.account) for client in people],
        client=people[0].pk,
        rooms=_rooms(sheet, now),
        day=_instants(day, day + timedelta(days=1)),
        week=_instants(week.start, week.start + timedelta(days=7)),
        day_lines=lines,
        other_lines=[(line.session_id, line.client_id) for one in sheet if not one.is_on(now) for line in one.lines],
        terms=terms,
        parts=[fold(term) for term in terms],
        slips=slips,
        sheet=reverse("schedule:day_sheet"),
        find=reverse("clients:find"),
        own_week=reverse("my:week"),
        meetings=meetings.addresses(reverse("meetings:find")),
        meetings_by_zip=meetings.addresses_by_zip(reverse("meetings:find")),
    )


# --- who is signed in -------------------------------------------------------------------------------------------------


def _staff(role: str) -> Account:
    return Account.objects.filter(grants__role=role, grants__until__isnull=True).order_by("pk")[0]


def _cookie(account: Account) -> str:
    browser = sign_in(Browser(SERVER_NAME="localhost"), account)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def _clients(expected: Iterable[int]) -> list[Client]:
    """Some of those who come today, with a sign-in of their own."""
    found = list(Client.objects.filter(pk__in=list(expected)).order_by("pk")[:CONNECTIONS])
    for client in found:
        if client.account is None:
            client.account = account_with("client", chosen_name=client.chosen_name)
            with writing("bench"):
                client.save(update_fields=["account"])
    return found


def _rooms(sheet: list[Any], now: datetime) -> list[RoomNow]:
    """The groups that are on, each with whoever leads it."""
    return [_room(one) for one in sheet if one.is_on(now)]


def _room(one: Any) -> RoomNow:
    leader = Booking.objects.get(session=one.session, staff_member__isnull=False).staff_member.account
    where = [one.session.public_id]
    return RoomNow(
        cookie=_cookie(leader),
        address=reverse("schedule:room", args=where),
        mark=reverse("schedule:mark", args=where),
        mark_all=reverse("schedule:mark_all", args=where),
        people=[line.public_id for line in one.lines],
    )


# --- what is asked for ------------------------------------------------------------------------------------------------


def _instants(since: date, until: date) -> list[str]:
    zone = program.zone()
    midnights = [datetime.combine(day, time(), zone) for day in (since, until)]
    return [str(connection.ops.adapt_datetimefield_value(moment)) for moment in midnights]


def _terms(rng: random.Random) -> tuple[list[str], list[str]]:
    """Parts of names as people type them, some with their accents; and slips that no name holds."""
    keys = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    some = Client.objects.filter(pk__in=rng.sample(keys, min(len(keys), TERMS * 8))).order_by("pk")
    words = [max(name.split(), key=len) for name in some.values_list("chosen_name", flat=True)]
    rng.shuffle(words)
    long = [word for word in words if len(word) > LETTERS]
    terms = [word[(at := rng.randint(0, len(word) - LETTERS)) : at + LETTERS] for word in long[:TERMS]]
    guessed = (slip for word in long if (slip := _slip(word, rng)) and find_clients(slip).guessed)
    slips = list(islice(guessed, TERMS))
    if not slips:
        raise SystemExit("Among so few clients no slip of a name finds anybody. Measure more: CLIENTS=1000")
    return terms, slips


def _slip(word: str, rng: random.Random) -> str:
    """Two letters in the wrong order, after the first."""
    at = rng.randint(1, len(word) - 3)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return swapped if fold(swapped) != fold(word) else ""


# --- how many statements ----------------------------------------------------------------------------------------------


def _statements(world: World) -> dict[str, int]:
    room = world.rooms[0]

    def mark(browser: Browser, key: str) -> Any:
        return browser.post(room.mark, {"client": room.people[0], "do": "present", "key": key})

    def mark_all(browser: Browser, key: str) -> Any:
        states, keys = ["present"] * len(room.people), [f"{key}-{one}" for one in room.people]
        return browser.post(room.mark_all, {"client": room.people, "state": states, "key": keys})

    return {
        "J1": _count(world.desk, lambda browser, key: browser.get(world.sheet)),
        "J2": _count(world.clients[0], lambda browser, key: browser.get(world.own_week)),
        "J3": _count(room.cookie, mark),
        "J3x10": _count(room.cookie, mark_all),
        "J4": max(_count_of_search(world, term) for term in world.terms[:5]),
        "J4-typo": max(_count_of_search(world, slip) for slip in world.slips[:5]),
        "J5": _count("", lambda browser, key: browser.get("/")),
        "M1": max(_count_of_finder(address) for address in world.meetings),
        "M2": max(_count_of_finder(address) for address in world.meetings_by_zip),
    }


def _count_of_search(world: World, text: str) -> int:
    return _count(world.desk, lambda browser, key: browser.post(world.find, {"q": text}))


def _count_of_finder(address: str) -> int:
    return _count("", lambda browser, key: browser.get(address))


def _count(cookie: str, ask: Callable[[Browser, str], Any]) -> int:
    """Of the second time: the first time, a process reads the program."""
    browser = Browser(SERVER_NAME="localhost", headers={"accept": "application/json"})
    if cookie:
        browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    for time_ in ("first", "second"):
        with CaptureQueriesContext(connection) as captured:
            answer = ask(browser, f"count-{time_}")
        if answer.status_code != 200:
            raise SystemExit(f"{answer.request['PATH_INFO']} answers {answer.status_code}")
    return sum(query["sql"].lstrip("( \n").upper().startswith(COUNTED) for query in captured.captured_queries)


if __name__ == "__main__":
    json.dump(asdict(build()), sys.stdout)
