"""Lists of meetings around the program, all invented; one that shrank waits for a person, one was not read for long."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from trellis.doors.demo.build.house import BUILDER, House
from trellis.doors.demo.build.timeline import Timeline
from trellis.foundation.access.actor import Actor
from trellis.foundation.places import actions as places
from trellis.foundation.places.actions.reporting import STAMPS
from trellis.foundation.places.models import Meeting, Wrong
from trellis.foundation.places.reading import read
from trellis.journey.recovery.actions import choose_meetings
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.models import Client

FILES = Path(__file__).parents[1] / "meetings"


@dataclass(frozen=True)
class Listed:
    name: str
    title: str
    kind: str
    secular: bool = False
    for_families: bool = False


LISTS = (
    Listed("pomona-valley-aa", "AA · Pomona Valley (demo)", "AA"),
    Listed("east-valley-na", "NA · East Valley (demo)", "NA"),
    Listed("foothill-al-anon", "Al-Anon · Foothills (demo)", "Al-Anon", for_families=True),
    Listed("inland-smart-recovery", "SMART Recovery · Inland (demo)", "SMART Recovery", secular=True),
    Listed("san-gabriel-recovery-dharma", "Recovery Dharma · San Gabriel (demo)", "Recovery Dharma", secular=True),
    Listed("valley-lifering", "LifeRing · Valley (demo)", "LifeRing", secular=True),
)
SHRUNKEN, FORGOTTEN = "east-valley-na", "valley-lifering"
LEFT = 4  # rows of the list that shrank
REPORTS = (
    ("Noon Bell", Wrong.TIME, "Starts at 12:15 now. A note hangs at the door."),
    ("Lunch Break", Wrong.NOT_THERE, "The room was dark, two Fridays in a row."),
)
#: what clients who can sign in chose; the first is who looks first
CHOICES: tuple[dict[str, Any], ...] = (
    {"start": "91766", "miles": 15},
    {"start": "91711", "miles": 10, "kinds": ["LifeRing", "Recovery Dharma", "SMART Recovery"]},
    {"start": "91766", "miles": 5, "kinds": ["AA", "NA"], "way": "in_person", "needs": ["wheelchair"]},
    {"way": "online", "kinds": ["SMART Recovery"]},
)


def write(house: House, timeline: Timeline) -> None:
    """Read when the program opens, and again in the night before the first look."""
    keeper = house.one("program_administrator").actor
    opened, tonight = house.calendar.at(house.calendar.opening, 9), house.calendar.at(house.calendar.today, 4, 10)
    for number, one in enumerate(LISTS):
        timeline.add(opened + timedelta(minutes=number), lambda one=one: _bring(one, keeper))  # type: ignore[misc]
        if one.name != FORGOTTEN:
            at = tonight + timedelta(minutes=number)
            timeline.add(at, lambda one=one: _read_again(one))  # type: ignore[misc]
    for number, report in enumerate(REPORTS):
        timeline.add(_asked(house, number), lambda report=report: _report(*report))  # type: ignore[misc]


def _bring(one: Listed, keeper: Actor) -> None:
    body = _body(one)
    reading = places.import_list(by=BUILDER, name=one.name, outcome=read(body), body=body, source=f"{one.name}.json")
    places.describe_list(
        by=keeper, meeting_list=reading.list, title=one.title, kind=one.kind, secular=one.secular,
        for_families=one.for_families,
    )  # fmt: skip


def _read_again(one: Listed) -> None:
    body = _shrunken(_body(one)) if one.name == SHRUNKEN else _body(one)
    places.import_list(by=BUILDER, name=one.name, outcome=read(body), body=body, source=f"{one.name}.json")


def _body(one: Listed) -> bytes:
    return (FILES / f"{one.name}.json").read_bytes()


def _shrunken(body: bytes) -> bytes:
    whole = json.loads(body)
    return json.dumps(whole | {"meetings": whole["meetings"][:LEFT]}, ensure_ascii=False).encode()


def _asked(house: House, number: int) -> datetime:
    return house.calendar.at(house.calendar.today - timedelta(days=1), 15, 20) + timedelta(hours=17 * number)


def _report(name: str, what: Wrong, words: str) -> None:
    meeting = Meeting.objects.filter(name=name).order_by("list", "day").first()
    assert meeting is not None
    places.report_wrong(by=Actor(), meeting=meeting, stamp=STAMPS.new(), what=what, words=words)


def choose(accounts: list[int]) -> None:
    """Clients who can sign in say what fits them, each for themselves."""
    clients = Client.objects.filter(account__in=accounts).select_related("account")
    by_account = {client.account_id: client for client in clients}
    for number, account in enumerate(accounts):
        client = by_account.get(account)
        if client is not None and client.account is not None:
            language = "es" if client.language == "es" else ""
            chosen = CHOICES[number % len(CHOICES)]
            choose_meetings(by=actor_for(client.account), client=client, language=language, **chosen)
