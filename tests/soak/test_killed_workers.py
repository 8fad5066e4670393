"""Workers are killed while they send: nothing is lost, and what goes out twice bears the same key."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from trellis.foundation.access.actor import Actor
from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.actions import queue
from trellis.foundation.messaging.models import Message

pytestmark = pytest.mark.soak
MESSAGES = 200

#: A worker that writes each letter into a file, as a provider would see it, and holds what it takes for five seconds.
WORKER = """
import os, sys, time
from datetime import timedelta
import django
django.setup()
from trellis.foundation.messaging import jobs, rules, senders
rules.LEASE = timedelta(seconds=5)
out = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def deliver(letter):
    os.write(out, (letter.key + "\\n").encode())
    time.sleep(0.01)
senders.register_sender("mail", deliver)
print("ready", flush=True)
while True:
    jobs.send_messages.call()
    time.sleep(0.05)
"""


def start(url: str, seen: Path) -> subprocess.Popen:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "trellis.config.settings"}
    child = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(seen)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert child.stdout.readline() == b"ready\n"
    return child


def kill(child: subprocess.Popen) -> None:
    child.send_signal(signal.SIGKILL)
    child.communicate()


def ask(number: int) -> None:
    kind = kinds.kind_of("account.unknown")
    queue(
        by=Actor(),
        key=f"soak:{number}",
        channel="mail",
        to="someone@example.org",
        kind=kind.name,
        language="en",
        values=json.loads(json.dumps(dict(kind.sample))),
    )


def waiting() -> int:
    count = Message.objects.exclude(status="sent").count()
    connection.close()
    return count


def test_every_message_goes_out_though_its_workers_are_killed(database_url, tmp_path, soak):
    rng, kills = random.Random(soak.seed), 0
    seen = tmp_path / "seen"
    workers = [start(database_url, seen) for _ in range(2)]
    for number in range(MESSAGES):
        ask(number)
    end = time.monotonic() + soak.seconds
    try:
        while waiting() and time.monotonic() < end:
            time.sleep(rng.uniform(0.02, 0.3))
            victim = rng.randrange(2)
            kill(workers[victim])
            kills += 1
            workers[victim] = start(database_url, seen)
        patience = time.monotonic() + 120  # then they are left in peace
        while waiting() and time.monotonic() < patience:
            time.sleep(0.2)
    finally:
        for worker in workers:
            kill(worker)
    assert waiting() == 0
    times = Counter(seen.read_text().split())
    assert set(times) == {f"soak:{number}" for number in range(MESSAGES)}, "nothing is lost"
    assert sum(times.values()) - MESSAGES <= kills, "only what was under way when a worker died goes out again"
