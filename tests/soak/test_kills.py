"""The server is killed while many write: what was acknowledged is there, and nothing stands without its event."""

import threading
import time
from http.client import HTTPException

import pytest
from django.db import connection, connections
from django.test import Client as Browser

from tests.soak import served as serving
from tests.soak.world import open_world
from trellis.foundation.audit.models import AuditEvent
from trellis.journey.schedule.models import Attendance, AttendanceUndo
from trellis.people.accounts.tests.factories import sign_in

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]

WRITERS = 8
MARKS = ("present", "absent", "video")


class Writer(threading.Thread):
    """Marks attendance as fast as it is answered; remembers what it sent and what the server said it keeps."""

    def __init__(self, port: int, cookies: dict[str, str], path: str, people: list[str], name: str, seed: int) -> None:
        super().__init__(daemon=True)
        self.browser = serving.Browser(port, dict(cookies))
        self.path, self.people, self.key, self.seed = path, people, name, seed
        self.kept: list[str] = []
        self.odd: list[int] = []

    def run(self) -> None:
        for number in range(10_000):
            key = f"{self.key}-{number}"
            person = self.people[(number + self.seed) % len(self.people)]
            try:
                answer = self.browser.post(self.path, client=person, do=MARKS[number % 3], key=key)
            except (OSError, HTTPException):  # killed before the answer, or in the middle of it
                return
            if answer.status == 200 and b"marks" in answer.body:
                self.kept.append(f"{key}.{MARKS[number % 3]}.")
            else:
                self.odd.append(answer.status)


def test_what_was_acknowledged_outlives_a_killed_server(committed_db, database_url, soak):
    world = open_world()
    cookies = {c.key: c.value for c in sign_in(Browser(), world.accounts["group_facilitator"]).cookies.values()}
    path = f"/desk/groups/{world.session.public_id}/room/mark/"
    people = [one.public_id for one in world.people]
    connections.close_all()
    kept: list[str] = []
    server = serving.Served(database_url)
    kills = 0
    try:
        while kills < 2 or soak.left > 6:
            server.start()
            writers = [
                Writer(server.port, cookies, path, people, f"{kills}-{n}", soak.random.randrange(99))
                for n in range(WRITERS)
            ]
            for writer in writers:
                writer.start()
            time.sleep(soak.random.uniform(0.3, 1.5))
            server.kill()
            kills += 1
            for writer in writers:
                writer.join(60)
                kept += writer.kept
                assert not writer.odd, f"answered {writer.odd}"
            look(kept)
    finally:
        server.kill()
    assert kept, "not one mark was acknowledged"


def look(kept: list[str]) -> None:
    there = set(Attendance.objects.values_list("key", flat=True))
    lost = [key for key in kept if key not in there]
    assert not lost, f"{len(lost)} of {len(kept)} acknowledged marks are gone: {lost[:5]}"
    acts = Attendance.objects.count() + AttendanceUndo.objects.count()
    assert AuditEvent.objects.filter(verb="schedule.mark").count() == acts
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
    connections.close_all()
