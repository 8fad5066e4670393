"""Ask one URL as one person about one object, and undo whatever it did."""

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from tests.matrix.table import Row
from tests.matrix.world import RELATIONS, World
from trellis.foundation.audit.models import AuditEvent


@dataclass(frozen=True)
class Answer:
    status: int
    events: int
    #: subjects whose name or id the answer shows
    shown: tuple[str, ...] = ()
    #: of these, whom no event names
    unsaid: tuple[str, ...] = ()


def ask(world: World, row: Row, who: str, relation: str) -> Answer:
    arguments = {name: world.named(kind, who, relation) for name, kind in row.objects.items()}
    browser = world.browser(who)
    cookies = browser.cookies.copy()
    with transaction.atomic():
        before = AuditEvent.objects.count()
        address = reverse(row.url, kwargs=arguments)
        response = browser.get(address) if row.method == "GET" else browser.post(address, {})
        events = list(AuditEvent.objects.order_by("id").values_list("subjects", flat=True)[before:])
        transaction.set_rollback(True)
    browser.cookies = cookies
    seen, said = shown(world, response), {subject for subjects in events for subject in subjects}
    return Answer(response.status_code, len(events), seen, tuple(who for who in seen if who not in said))


def shown(world: World, response: HttpResponse) -> tuple[str, ...]:
    if response.status_code != 200 or response.streaming or "attachment" in response.get("Content-Disposition", ""):
        return ()
    text = response.content.decode()
    return tuple(who for who, mark in world.people().items() if mark.search(text))


def answers(world: World, row: Row, who: str) -> list[Answer]:
    relations = RELATIONS if row.objects else RELATIONS[:1]
    return [ask(world, row, who, relation) for relation in relations]


def as_cell(found: list[Answer]) -> str:
    return " ".join(str(answer.status) for answer in found)
