"""Several processes that do something at the same moment; started by test_hurry.py.

`python -m trellis.journey.schedule.tests.hurry '[{"act": "finish", …}, …]'`: one process each reads its rows as an open
page does, waits for the others, and acts. Prints what came of each: `done`, the sentence of the refusal, or a fault.
"""

import json
import multiprocessing
import sys
from collections.abc import Callable
from datetime import date, datetime
from multiprocessing.synchronize import Barrier
from typing import Any


def prepared(asked: dict[str, Any]) -> Callable[[], object]:
    from trellis.foundation.access.actor import Actor
    from trellis.journey.inquiry.models import Inquiry
    from trellis.journey.schedule import actions
    from trellis.journey.schedule.models import Session, Track
    from trellis.people.clients.models import Client, Episode
    from trellis.people.staff.models import StaffMember

    by = Actor(account_id=asked["account"], roles=frozenset({asked["role"]}))
    today = date.fromisoformat(asked["today"])

    def row(model: Any, name: str) -> Any:
        return model.objects.get(pk=asked[name]) if asked.get(name) else None

    def start() -> Callable[[], object]:
        inquiry, track, clinician, client = (
            row(Inquiry, "inquiry"), row(Track, "track"), row(StaffMember, "clinician"), row(Client, "client")
        )  # fmt: skip
        person = {} if client else {"chosen_name": "Rosa Lima", "born_on": date(1988, 5, 2)}
        return lambda: actions.start_in_track(
            by=by, inquiry=inquiry, track=track, starts_on=today, level=asked["level"], client=client,
            reason="The court asks for it.", clinician=clinician, admitted_on=today, **person,
        )  # fmt: skip

    def finish() -> Callable[[], object]:
        episode = Episode.objects.select_related("client").get(pk=asked["episode"])
        return lambda: actions.finish_stay(by=by, episode=episode, closed_on=today, reason=asked["reason"])

    def mark() -> Callable[[], object]:
        session, client = row(Session, "session"), row(Client, "client")
        return lambda: actions.mark(by=by, session=session, client=client, state="present", key=asked["key"])

    def call() -> Callable[[], object]:
        session, client = row(Session, "session"), row(Client, "client")
        return lambda: actions.record_call(
            by=by, session=session, client=client, result=asked["result"], key=asked["key"], note=asked["note"]
        )

    acts = {"start": start, "finish": finish, "mark": mark, "call": call}
    return acts[asked["act"]]()


def outcome_of(act: Callable[[], object]) -> str:
    from django.db import DatabaseError

    from trellis.foundation.access.permissions import Refused

    try:
        act()
    except Refused as refused:
        return str(refused)
    except DatabaseError as fault:
        return f"FAULT {fault}"
    return "done"


def hurry(asked: dict[str, Any], start: Barrier) -> str:
    from trellis.foundation import clock

    with clock.travel(datetime.fromisoformat(asked["now"])):
        act = prepared(asked)
        start.wait(60)
        return outcome_of(act)


def main(wanted: list[dict[str, Any]]) -> None:
    import django

    django.setup()
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # loads everything once, before the processes part; none has a connection yet
    fork = multiprocessing.get_context("fork")
    start, said = fork.Barrier(len(wanted)), fork.SimpleQueue()
    racers = [fork.Process(target=lambda asked=asked: said.put(hurry(asked, start))) for asked in wanted]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    print(json.dumps([said.get() for racer in racers if racer.exitcode == 0]))  # noqa: T201


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
