"""How much the gate and the trail cost beside the raw rows: `python -m benchmarks.trust [--events N] [--times N]`.

The gate: one `disclose()` beside a raw write of its row, each in a transaction of its own, in turn. The trail:
`verify()` beside reading the same events raw. The database is the one of DATABASE_URL, which must be empty, or a new
SQLite file.
On PostgreSQL: PG_DURABLE=1 tools/with_postgres.sh .venv/bin/python -m benchmarks.trust
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

PIECE = 5_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=300)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ.update(TRELLIS_VAR=folder, DJANGO_SETTINGS_MODULE="trellis.config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        print(f"{connection.vendor}, {asked.times} disclosures, {asked.events:,} events", flush=True)
        the_gate(asked.times)
        the_trail(asked.events)


def the_gate(times: int) -> None:
    from django.db import transaction

    from trellis.foundation.access.actor import Actor
    from trellis.foundation.program.tests.factories import load_pomona
    from trellis.foundation.record.guard import writing
    from trellis.people.clients.tests.factories import ClientFactory
    from trellis.people.consent.actions.gate import disclose
    from trellis.people.consent.models import Disclosure
    from trellis.people.consent.tests.factories import in_emergency, say

    load_pomona()
    client, by = ClientFactory(in_program=True), Actor.of_system("bench")

    def gate() -> None:
        disclose(by=by, client=client, wanted=in_emergency(), how="spoken", make=say)

    gate()
    row = Disclosure.objects.order_by("-pk").values(*[f.attname for f in Disclosure._meta.fields if f.name != "id"])[0]
    table, names = Disclosure._meta.db_table, list(row)
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
    values = [Disclosure._meta.get_field(name).get_db_prep_save(value, _connection()) for name, value in row.items()]
    values[names.index("public_id")] = ""

    def raw() -> None:
        values[names.index("public_id")] = os.urandom(8).hex()
        with transaction.atomic(), writing("bench"), _connection().cursor() as cursor:
            cursor.execute(sql, values)

    found = in_turn(times, {"disclose()": gate, "its row, raw": raw})
    tell("disclose()", found["disclose()"], "its row, raw", found["its row, raw"], "ms")


def the_trail(events: int) -> None:
    from trellis.foundation.audit import sealing, verifying
    from trellis.foundation.audit.tests.trail import happen

    for start in range(0, events, PIECE):
        happen(min(PIECE, events - start), start=start)
        progress("written", start + PIECE, events)
    began = time.perf_counter()
    sealing.seal()
    print(f"  sealed in {time.perf_counter() - began:.1f} s")
    took = {"verify()": 0.0, "read raw": 0.0}
    for name, act in {"read raw": read_raw, "verify()": lambda: verifying.verify().as_json()["ok"]}.items():
        began = time.perf_counter()
        assert act()
        took[name] = time.perf_counter() - began
    tell("verify()", took["verify()"], "the same rows, raw", took["read raw"], "s")


def read_raw() -> bool:
    """Every column of every event and of every leaf, as the driver gives them."""
    for table in ("audit_auditevent", "audit_auditleaf"):
        with _connection().chunked_cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            while cursor.fetchmany(PIECE):
                pass
    return True


def in_turn(times: int, acts: dict[str, Callable[[], None]]) -> dict[str, float]:
    """The median of each in milliseconds; what else the machine does meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(times):
        for name, act in acts.items():
            began = time.perf_counter()
            act()
            taken[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(values) for name, values in taken.items()}


def tell(name: str, took: float, floor: str, floor_took: float, unit: str) -> None:
    print(
        f"  {name:12} {took:8.2f} {unit}   {floor:20} {floor_took:8.2f} {unit}   {took / floor_took:5.2f} ×", flush=True
    )


def progress(what: str, done: int, all: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{what} {min(done, all):,} of {all:,}" + ("" if done < all else "\n"))


def _connection():  # type: ignore[no-untyped-def]
    from django.db import connection

    return connection


if __name__ == "__main__":
    main()
