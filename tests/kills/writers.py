"""Writers that are killed at random moments while others go on: `python -m tests.kills.writers '{"kills": 20, …}'`.

Each writes into a file of its own what it is about to do (`sent NAME`) and what it was told is kept (`kept NAME`): a
file outlives whoever writes it. A control says `kept` before it is true; were it not found out, the rest proves little.
"""

import json
import multiprocessing
import os
import random
import signal
import sys
from collections.abc import Callable
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

#: who works beside whom: each marks, discloses or seals
WORK = ("mark", "disclose", "mark", "seal")


def working(asked: dict[str, Any], work: str) -> Callable[[str], object]:
    from trellis.foundation.access.actor import Actor
    from trellis.foundation.audit import sealing
    from trellis.journey.schedule import actions as schedule
    from trellis.journey.schedule.models import Session
    from trellis.people.clients.models import Client
    from trellis.people.consent.actions import gate
    from trellis.people.consent.models import Disclosure
    from trellis.people.consent.tests.factories import in_emergency

    by = Actor(account_id=asked["account"], roles=frozenset({"clinical_director"}))
    session = Session.objects.get(pk=asked["session"])
    people = list(Client.objects.filter(pk__in=asked["people"]))

    def mark(name: str) -> object:
        return schedule.mark(by=by, session=session, client=random.choice(people), state="present", key=name)

    def disclose(name: str) -> object:
        said = gate.Content("They are here.", "They are here.")
        wanted, how = in_emergency(address=name), Disclosure.How.SPOKEN
        return gate.disclose(by=by, client=random.choice(people), wanted=wanted, how=how, make=lambda _: said)

    return {"mark": mark, "disclose": disclose, "seal": lambda _: sealing.seal()}[work]


def write(asked: dict[str, Any], work: str, number: int) -> None:
    act = working(asked, work)
    journal = os.open(Path(asked["folder"]) / f"{number}.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for n in count():
        name = f"{work}-{number}-{n}"
        os.write(journal, f"sent {name}\n".encode())
        if asked["early"]:
            os.write(journal, f"kept {name}\n".encode())
        act(name)
        if work != "seal":
            os.write(journal, f"kept {name}\n".encode())


def main(asked: dict[str, Any]) -> None:
    import django

    django.setup()
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # loads everything once, before the processes part; none has a connection yet
    chance = random.Random(asked["seed"])
    fork, numbers = multiprocessing.get_context("fork"), count()

    def start(work: str) -> tuple[str, BaseProcess]:
        writer = fork.Process(target=write, args=(asked, work, next(numbers)), daemon=True)
        writer.start()
        return work, writer

    writers = [start(work) for work in WORK]
    for _ in range(asked["kills"]):
        place = chance.randrange(len(writers))
        work, victim = writers[place]
        victim.join(chance.uniform(*asked["moments"]))
        os.kill(victim.pid or 0, signal.SIGKILL)
        victim.join()
        assert victim.exitcode == -signal.SIGKILL, f"{work} ended by itself with {victim.exitcode}"
        writers[place] = start(work)
    for _, writer in writers:
        writer.kill()
        writer.join()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
