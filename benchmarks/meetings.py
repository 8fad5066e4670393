"""Twenty thousand meetings beside the program, the size that the finder is to be quick at. They are made up."""

import random
from collections.abc import Iterator
from datetime import time
from typing import Any

from django.db import connection

from trellis.foundation.places.models import Meeting, MeetingList
from trellis.foundation.places.tests.factories import a_list, facts
from trellis.foundation.record.guard import writing

MEETINGS = 20_000
LISTS = (
    ("AA", {}), ("Al-Anon", {"for_families": True}), ("CA", {}), ("LifeRing", {"secular": True}),
    ("NA", {"format": "bmlt"}), ("SMART Recovery", {"secular": True}),
)  # fmt: skip
ZONES = ("America/Los_Angeles",) * 8 + ("America/New_York", "America/Chicago", "America/Phoenix", "Europe/London", "")
WAYS = ("in_person",) * 6 + ("online",) * 3 + ("hybrid",)
HOURS = (6, 7, 9, 12, 12, 17, 18, 19, 19, 19, 20, 20)
NAMES = (("Serenity", "Hope", "Nueva Vida", "Morning", "Women's", "Step"), ("Group", "Meeting", "Circle", "Study"))
TYPES = ("O", "C", "D", "W", "M", "ST", "BE", "X", "LIT")
ZIP_CODES = ("91766", "90012", "92101", "92502", "91711")
#: what people ask, one after the other; a search by ZIP asks the same near one of the codes
ASKED = (
    "",
    "day=today&part=evening",
    "language=es",
    "day=tomorrow",
    "kind=AA",
    "way=online",
    "wheelchair=on",
    "type=women",
)


def fill() -> None:
    draw = random.Random(20)
    lists = [a_list(kind=kind, title=f"{kind} (made up)", **more) for kind, more in LISTS]
    with writing("bench"):
        Meeting.objects.bulk_create((Meeting(**one) for one in _meetings(lists, draw)), batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as both databases have done by themselves before somebody looks


def _meetings(lists: list[MeetingList], draw: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(MEETINGS):
        way = draw.choice(WAYS)
        yield facts(
            draw.choice(lists), name=f"{' '.join(map(draw.choice, NAMES))} {number % 700}", attendance=way,
            day=draw.randrange(7), time=time(draw.choice(HOURS), draw.choice((0, 30))), time_zone=draw.choice(ZONES),
            latitude=34 + draw.gauss(0, 0.4), longitude=-117.8 + draw.gauss(0, 0.6), types=draw.sample(TYPES, 3),
            languages=["es"] if draw.random() < 0.15 else [], notes="Ring at the side door. " * 8,
        )  # fmt: skip


def addresses(finder: str) -> list[str]:
    return [f"{finder}?{query}" for query in ASKED]


def addresses_by_zip(finder: str) -> list[str]:
    return [f"{finder}?near={code}&within=15&{query}" for code in ZIP_CODES for query in ASKED]
