"""Runs inside Trellis, on a copy that is thrown away: what the gate and the trail cost. Prints JSON.

Each figure stands beside its floor, taken in turn with it or right before it, in the same process.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.config.settings")
    django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.figures import Figure
from trellis.foundation.access import pages
from trellis.foundation.access.actor import Actor
from trellis.foundation.audit import rules, verifying
from trellis.foundation.audit.models import AuditBatch, AuditEvent, AuditLeaf
from trellis.foundation.audit.sealing import COLUMNS, EVENTS, HORIZON, LEAVES, ORDER, TX, event_of
from trellis.foundation.audit.tests.trail import past_the_guards
from trellis.foundation.program import queries as program
from trellis.foundation.record.guard import writing
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import sign_in
from trellis.people.clients.models import Client
from trellis.people.consent.actions.gate import disclose
from trellis.people.consent.models import Disclosure
from trellis.people.consent.tests.factories import in_emergency, say

PIECE = 5_000
COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
#: read and written by every action, whatever it does: the trail, and what the program says of itself
OF_EVERY_ACTION = ("audit_", "program_")
#: so many times the whole trail is read
READINGS = 3


def measure(times: int, events: int) -> list[Figure]:
    with program.remembered():
        return [the_gate(times), *the_pages(times), the_trail(events)]


# --- the gate ---------------------------------------------------------------------------------------------------------


def the_gate(times: int) -> Figure:
    client, by = Client.objects.order_by("pk")[0], Actor.of_system("bench")

    def gate() -> None:
        disclose(by=by, client=client, wanted=in_emergency(), how="spoken", make=say)

    gate()
    with CaptureQueriesContext(connection) as captured:
        gate()
    asked = [query["sql"].lstrip("( \n") for query in captured.captured_queries]
    asked = [sql for sql in asked if sql.upper().startswith(COUNTED)]
    own = [sql for sql in asked if not any(table in sql for table in OF_EVERY_ACTION)]
    took = in_turn(times, {"gate": gate, "raw": raw_row()})
    return Figure(
        "disclose()", took["gate"], "ms", "its row, raw", took["raw"],
        f"at most 4 ×; {len(own)} statements of its own (at most 3: the case is read, the row is written), "
        f"{len(asked)} with the trail's",
    )  # fmt: skip


def raw_row() -> Callable[[], None]:
    """The newest row of the accounting, written again by its bare INSERT in a transaction of its own."""
    fields = [field for field in Disclosure._meta.concrete_fields if not field.primary_key]
    row = Disclosure.objects.order_by("-pk").values(*[field.attname for field in fields])[0]
    names = [field.column for field in fields]
    sql = f"INSERT INTO {Disclosure._meta.db_table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
    values = [field.get_db_prep_save(row[field.attname], connection) for field in fields]

    def write() -> None:
        values[names.index("public_id")] = os.urandom(8).hex()
        with transaction.atomic(), writing("bench"), connection.cursor() as cursor:
            cursor.execute(sql, values)

    return write


# --- a page, with its event and without ------------------------------------------------------------------------------


def the_pages(times: int) -> Iterator[Figure]:
    """In this process, without a server before it, which makes the share larger than anybody meets it."""
    desk = Account.objects.filter(grants__role="front_desk", grants__until__isnull=True).order_by("pk")[0]
    browser = Browser(SERVER_NAME="localhost")
    browser.cookies = sign_in(browser, desk).cookies
    one = Client.objects.order_by("pk")[0]
    for name, address in {
        "the day": reverse("schedule:day_sheet"),
        "a client": reverse("clients:client", args=[one.public_id]),
    }.items():

        def opens(address: str = address) -> None:
            if browser.get(address).status_code != 200:
                raise SystemExit(f"{address} does not open")

        def opens_unseen() -> None:
            with nothing_written():
                opens()

        opens(), opens_unseen()  # the first time, a process reads the program
        took = in_turn(times, {"seen": opens, "unseen": opens_unseen})
        yield Figure(f"page: {name}", took["seen"], "ms", "without its event", took["unseen"], "at most 1.10 ×")


@contextmanager
def nothing_written() -> Iterator[None]:
    written = pages._write_opened
    pages._write_opened = lambda *_: None
    try:
        yield
    finally:
        pages._write_opened = written


# --- the trail --------------------------------------------------------------------------------------------------------


def the_trail(events: int) -> Figure:
    fill(events)
    took = in_turn(READINGS, {"verify": whole, "raw": read_raw})
    return Figure(
        "verify()", took["verify"] / 1000, "s", "the same rows, raw", took["raw"] / 1000,
        f"at most 3 ×; {events:,} events",
    )  # fmt: skip


#: as both databases make a row of many
SERIES = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT i FROM n)",
    "postgresql": "generate_series(0, {last}) n(i)",
}
HAPPEN = (
    f"INSERT INTO {EVENTS} (actor, roles, verb, object, subjects, request_id, address) SELECT 'account:' || i % 50, "
    "CASE i % 2 WHEN 0 THEN 'counselor' ELSE 'front_desk' END, CASE i % 3 WHEN 0 THEN 'opened client.read' "
    "WHEN 1 THEN 'opened client.find' ELSE 'inquiry.work' END, 'session:' || i, "
    """CAST('["client:' || i % 1000 || '", "client:' || i % 999 || '"]' AS {json}), 'request-' || i, """
    "CAST(CASE i % 3 WHEN 0 THEN NULL ELSE '203.0.113.7' END AS {address}) FROM {series}"
)
TYPES = {"sqlite": {"json": "TEXT", "address": "TEXT"}, "postgresql": {"json": "jsonb", "address": "inet"}}
LEAF = f"INSERT INTO {LEAVES} (event, batch, position, hash) VALUES (%s, %s, %s, %s)"


def fill(events: int) -> None:
    """A trail of so many events in place of the one that is there, sealed by the same rules in few statements."""
    vendor = connection.vendor
    with past_the_guards() as execute:
        for model in (AuditLeaf, AuditBatch, AuditEvent):
            execute(f"DELETE FROM {model._meta.db_table}")
    with transaction.atomic(), writing("bench"), connection.cursor() as cursor:
        # Django would take the remainders for places of values, were there any values.
        cursor.execute(HAPPEN.format(series=SERIES[vendor].format(last=events - 1), **TYPES[vendor]))
    with transaction.atomic(), writing("bench"):
        seal_all(events)
    if vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM ANALYZE {EVENTS}, {LEAVES}")  # as autovacuum would have, soon


def seal_all(events: int) -> None:
    """One question for all of them: the sealer asks anew for each few batches, which is right for a minute's events."""
    vendor, head, highest, number = connection.vendor, rules.NO_HEAD, 0, 0
    with connection.cursor() as cursor, connection.chunked_cursor() as reader:
        cursor.execute(HORIZON[vendor])
        horizon = cursor.fetchone()[0]
        reader.execute(f"SELECT {TX[vendor]}, {COLUMNS[vendor]} FROM {EVENTS} e ORDER BY {ORDER[vendor]}")
        while rows := reader.fetchmany(rules.BATCH):
            number += 1
            leaves = [rules.Leaf(row[1], rules.leaf(event_of(tuple(row[1:])))) for row in rows]
            made = rules.batch_of(number, head, leaves)
            head, highest = made.head, max(highest, *(one.event for one in leaves))
            AuditBatch(**made._asdict(), highest=highest, tx=rows[-1][0], horizon=horizon).save(force_insert=True)
            cursor.executemany(LEAF, [(one.event, number, place, one.hash) for place, one in enumerate(leaves)])
            progress("sealed", number * rules.BATCH, events)


def whole() -> None:
    found = verifying.verify(tell=lambda done, all: progress("verified", done, all))
    if found.broken:
        raise SystemExit(f"The trail that was made to be measured is broken: {found.broken[:3]}")


def read_raw() -> None:
    """Every column of every event and of every leaf, in pieces, as the driver gives them."""
    for table in (EVENTS, LEAVES):
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            while cursor.fetchmany(PIECE):
                pass


# --- measuring --------------------------------------------------------------------------------------------------------


def in_turn(times: int, acts: dict[str, Callable[[], None]]) -> dict[str, float]:
    """The median of each in milliseconds; what else the machine does meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(times):
        for name, act in acts.items():
            began = time.perf_counter()
            act()
            taken[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(values) for name, values in taken.items()}


def progress(what: str, done: int, all: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{what} {min(done, all):,} of {all:,}" + ("" if done < all else "\n"))


def main() -> Any:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=100)
    asked = parser.parse_args()
    if not settings.DEMO:
        raise SystemExit("The trail would be taken away: this is for a demo's copy only.")
    json.dump([asdict(one) for one in measure(asked.times, asked.events)], sys.stdout)


if __name__ == "__main__":
    main()
