"""Hands that know the database and not the key: each does one thing, and says what it touched."""

from trellis.foundation.audit.rules import Kind
from trellis.foundation.audit.tests.trail import BATCHES, EVENTS, LEAVES

COLUMNS = "at, actor, roles, verb, object, subjects, request_id, address"


def edit(execute, random, ids):
    event = random.choice(ids)
    column, value = random.choice(
        [
            ("actor", "account:99"),
            ("roles", "biller"),
            ("verb", "client.forged"),
            ("object", "session:99"),
            ("subjects", '["client:99"]'),
            ("request_id", "forged"),
            ("address", "10.9.9.9"),
            ("at", "2020-01-01 00:00:00.5"),
        ]
    )
    execute(f"UPDATE {EVENTS} SET {column} = %s WHERE id = %s", [value, event])
    return {(event, Kind.EDIT)}


def delete(execute, random, ids):
    gone = random.sample(ids, random.randint(1, 3))
    execute(f"DELETE FROM {EVENTS} WHERE id IN ({', '.join(map(str, gone))})")
    return {(event, Kind.DELETION) for event in gone}


def reorder(execute, random, ids):
    """Two neighbours change places."""
    n = random.randrange(len(ids) - 1)
    one, other = ids[n], ids[n + 1]
    for now, then in ((one, 900_000), (other, one), (900_000, other)):
        execute(f"UPDATE {EVENTS} SET id = %s WHERE id = %s", [then, now])
    return {(one, Kind.REORDER), (other, Kind.REORDER)}


def insert(execute, random, ids):
    """A copy of an event before the first one."""
    execute(
        f"INSERT INTO {EVENTS} (id, {COLUMNS}) SELECT 0, {COLUMNS} FROM {EVENTS} WHERE id = %s", [random.choice(ids)]
    )
    return {(0, Kind.INSERTION)}


def cut(execute, random, ids):
    """The tail, with everything that knew of it."""
    keep = random.randint(0, 1)
    execute(f"DELETE FROM {EVENTS} WHERE id IN (SELECT event FROM {LEAVES} WHERE batch > %s)", [keep])
    execute(f"DELETE FROM {LEAVES} WHERE batch > %s", [keep])
    execute(f"DELETE FROM {BATCHES} WHERE number > %s", [keep])
    return {(ids[-1], Kind.TRUNCATION)}


HANDS = (edit, delete, reorder, insert, cut)
