"""Sixty-four attempts from separate processes at one room and one person: exactly one wins, only by the guard."""

import json
import os
import subprocess
import sys
from collections import Counter

import pytest
from django.db import connection

from trellis.foundation.record import triggers
from trellis.journey.schedule.models import Booking
from trellis.journey.schedule.tests.factories import NOW, RoomFactory, SessionFactory, StaffMemberFactory

PROCESSES, EACH = 4, 16

#: four starts of Django take their time on a busy machine
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def race(committed_db, database_url, clock_at):
    """Start the processes, let all go at once, add up what they say."""
    clock_at(NOW)
    room, person = RoomFactory(), StaffMemberFactory()
    sessions = [SessionFactory(series__room=None) for _ in range(PROCESSES * EACH)]

    def run():
        connection.close()
        running = [started(room, person, sessions[n::PROCESSES], database_url) for n in range(PROCESSES)]
        for process in running:
            assert process.stdout.readline() == "ready\n"
        for process in running:
            process.stdin.write("go\n")
            process.stdin.flush()
        said = sum((Counter(json.loads(process.communicate(timeout=90)[0])) for process in running), Counter())
        assert all(process.returncode == 0 for process in running)
        live = Booking.objects.filter(released=False)
        return said, live.filter(room=room).count(), live.filter(staff_member=person).count()

    return run


def started(room, person, sessions, database_url):
    environment = {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "trellis.config.settings"}
    keys = ",".join(str(session.pk) for session in sessions)
    command = [sys.executable, "-m", "trellis.journey.schedule.tests.race", str(room.pk), str(person.pk), keys]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_of_sixty_four_attempts_at_one_room_and_one_person_exactly_one_wins_each(race):
    said, rooms, people = race()
    assert said == {"room won": 1, "room refused": 63, "person won": 1, "person refused": 63}
    assert (rooms, people) == (1, 1)


def test_without_the_guard_of_the_database_more_than_one_wins(race):
    for declaration in triggers.declared():
        if isinstance(declaration, triggers.NoOverlap) and declaration.app == "schedule":
            triggers.remove(connection, declaration)
    said, rooms, people = race()
    assert said["room won"] == rooms > 1
    assert said["person won"] == people > 1
