"""Kills writers, and the server as it runs for people, while they write."""

import json
import os
import subprocess
import sys
import threading
from http.client import HTTPException
from pathlib import Path
from random import Random

from django.db import connections
from django.test import Client as Browser

from tests.kills.counting import Count, counted
from tests.soak.world import World
from tests.support import served as serving
from tests.support.environment import ROOT
from trellis.people.accounts.tests.factories import sign_in

MARKS = ("present", "absent", "video")
CONNECTIONS = 8


def kill_writers(
    world: World, url: str, folder: Path, *, kills: int, seed: int, early: bool = False, moments: tuple[float, float]
) -> Count:
    """`early`: the control, which acknowledges before it commits."""
    connections.close_all()
    folder.mkdir()
    asked = {
        "account": world.accounts["clinical_director"].pk, "session": world.session.pk, "folder": str(folder),
        "people": [one.pk for one in world.people], "kills": kills,
        "seed": seed, "early": early, "moments": moments,
    }  # fmt: skip
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "trellis.config.settings"}
    command = [sys.executable, "-m", "tests.kills.writers", json.dumps(asked)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    lines = [line.split() for path in folder.iterdir() for line in path.read_text().splitlines()]
    said = {word: {name for first, name in lines if first == word} for word in ("sent", "kept")}
    what = "control, acknowledged before it commits" if early else "writers"
    return counted(what, kills, *({name for name in said[word] if not name.startswith("seal")} for word in said))


class Marking(threading.Thread):
    """A room whose marks are sent as fast as they are answered; knows what it sent, and what it was told is kept."""

    def __init__(self, port: int, cookies: dict[str, str], path: str, people: list[str], name: str) -> None:
        super().__init__(daemon=True)
        self.browser = serving.Browser(port, dict(cookies))
        self.path, self.people, self.key = path, people, name
        self.sent: list[str] = []
        self.kept: list[str] = []
        self.odd: list[int] = []
        self.began = threading.Event()

    def run(self) -> None:
        for number in range(10_000):
            state = MARKS[number % len(MARKS)]
            self.sent.append(f"{self.key}-{number}.{state}.")
            person = self.people[number % len(self.people)]
            try:
                answer = self.browser.post(self.path, client=person, do=state, key=f"{self.key}-{number}")
            except (OSError, HTTPException):  # killed before the answer, or in the middle of it
                return
            if answer.status == 200 and b"marks" in answer.body:
                self.kept.append(self.sent[-1])
                self.began.set()
            else:
                self.odd.append(answer.status)


def kill_servers(world: World, url: str, *, kills: int, chance: Random) -> Count:
    cookies = {c.key: c.value for c in sign_in(Browser(), world.accounts["group_facilitator"]).cookies.values()}
    path = f"/desk/groups/{world.session.public_id}/room/mark/"
    people = [one.public_id for one in world.people]
    connections.close_all()
    sent: list[str] = []
    kept: list[str] = []
    server = serving.Served(url)
    try:
        for kill in range(kills):
            server.start()
            rooms = [Marking(server.port, cookies, path, people, f"server-{kill}-{n}") for n in range(CONNECTIONS)]
            for room in rooms:
                room.start()
            assert rooms[0].began.wait(60), "nothing was answered"
            rooms[0].join(chance.uniform(0.1, 0.9))
            server.kill()
            for room in rooms:
                room.join(60)
                assert not room.odd, f"answered {room.odd}"
                sent += room.sent
                kept += room.kept
    finally:
        server.kill()
    return counted("the server", kills, sent, kept)
