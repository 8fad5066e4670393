"""What is sealed and when; one sealer at a time; nothing that commits late is passed over."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from tests.support.environment import ROOT
from trellis.foundation.audit import sealing, verifying
from trellis.foundation.audit.models import AuditBatch, AuditEvent, AuditLeaf
from trellis.foundation.audit.tests.trail import BATCHES, LEAVES, happen, ids
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.usefixtures("committed_db")


def test_what_waits_is_sealed_once():
    happen(600)
    assert sealing.seal() == 600
    assert sealing.seal() == 0
    assert list(AuditBatch.objects.order_by("number").values_list("number", "size")) == [(1, 256), (2, 256), (3, 88)]
    assert sorted(AuditLeaf.objects.values_list("event", flat=True)) == ids()
    assert verifying.verify().broken == []


def test_a_later_batch_hangs_on_what_was_sealed_before():
    happen(300)
    assert sealing.seal() == 300
    happen(10, start=300)
    assert sealing.seal() == 10
    assert verifying.verify().as_json() == {
        "ok": True, "table": "audit_auditevent", "events": 310, "sealed": 310, "broken": [],
    }  # fmt: skip


def test_nothing_is_sealed_where_nothing_happened():
    assert sealing.seal() == 0
    assert sealing.head() is None
    assert verifying.verify().as_json()["ok"]


def test_an_event_is_read_as_every_database_says_it():
    happen(2)
    event, other = (one.event for one in sealing._waiting())
    known = AuditEvent.objects.get(pk=event.id)
    assert event.at == known.at.strftime("%Y-%m-%d %H:%M:%S.%f")
    assert event[2:] == ("account:0", "", "client.read", "", '["client:0", "client:1"]', "request0", None)
    assert (other.roles, other.object, other.address) == ("counselor", "session:1", "127.0.0.1")


@pytest.mark.parametrize("at", ["2026-11-29 01:02:03", "2026-11-29 01:02:03.0", "2026-11-29 01:02:03.000000"])
def test_an_instant_is_one_however_short_it_was_kept(at):
    assert sealing.event_of((1, at, *"abcdefg")).at == "2026-11-29 01:02:03.000000"


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {BATCHES} SET size = 1", f"DELETE FROM {BATCHES}",
        f"UPDATE {LEAVES} SET hash = ''", f"DELETE FROM {LEAVES}",
    ],
)  # fmt: skip
def test_a_seal_is_append_only(sql):
    happen(2)
    sealing.seal()
    with pytest.raises(IntegrityError), transaction.atomic(), writing("test"), connection.cursor() as cursor:
        cursor.execute(sql)


SEALER = "from trellis.foundation.audit import sealing; print(sealing.seal())"


def test_of_several_sealers_at_once_each_event_is_sealed_by_one(database_url):
    happen(1500)
    command = [sys.executable, "-c", "import django; django.setup(); " + SEALER]
    environment = {"DATABASE_URL": database_url}
    sealers = [_start(command, environment) for _ in range(4)]
    counts = [int(one.communicate(timeout=150)[0]) for one in sealers]
    assert sum(counts) == 1500
    assert verifying.verify().as_json() | {"table": ""} == {
        "ok": True, "table": "", "events": 1500, "sealed": 1500, "broken": [],
    }  # fmt: skip


def _start(command, environment):
    all = os.environ | environment | {"DJANGO_SETTINGS_MODULE": "trellis.config.settings"}
    return subprocess.Popen(command, cwd=ROOT, env=all, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: transactions side by side")
def test_what_commits_late_is_not_passed_over():
    late = connection.copy()
    with writing("test"), late.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(
            "INSERT INTO audit_auditevent (actor, roles, verb, object, subjects, request_id) "
            "VALUES ('late', '', 'a', '', '[]', '')"
        )
        happen(3)
        assert sealing.seal() == 0
        cursor.execute("COMMIT")
    late.close()
    assert sealing.seal() == 4
    assert AuditEvent.objects.get(pk=AuditLeaf.objects.order_by("batch", "position")[0].event).actor == "late"
    assert verifying.verify().broken == []


@contextmanager
def other():
    """Another connection in a transaction of its own."""
    found = connection.copy()
    try:
        with writing("test"), found.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_current_xact_id()")
            yield cursor.execute
    finally:
        found.close()


#: the number of the transaction of whoever waits for a lock
WAITING = (
    "SELECT backend_xid FROM pg_stat_activity WHERE pid IN "
    "(SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted)"
)
INSERT = (
    "INSERT INTO audit_auditevent (actor, roles, verb, object, subjects, request_id) "
    "VALUES ('account:1', '', 'a', '', '[]', '')"
)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: transactions side by side")
def test_a_later_transaction_with_an_earlier_id_is_not_taken_for_one_that_was_slipped_in():
    """It goes on while what an older one wrote after it is sealed: its number lies above every one that has ended."""
    with other() as older, other() as later:
        later(INSERT)
        older(INSERT)
        older("COMMIT")
        assert sealing.seal() == 1
        later("COMMIT")
    assert AuditEvent.objects.count() == 2
    assert AuditLeaf.objects.get().event == max(ids())
    assert verifying.verify().broken == []
    assert sealing.seal() == 1
    assert verifying.verify().broken == []


def insert_elsewhere():
    with other() as execute:
        execute("COMMIT")  # the event is to be the first thing that its transaction writes
        execute(INSERT)


def found_by(ask):
    """What is found in the end; nothing where it is not there in a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if found := ask():
            return found
        time.sleep(0.01)
    return []


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: transactions side by side")
def test_a_transaction_has_its_number_before_its_event_has_an_id():
    """A column between the two is made to wait: the one who inserts has a number by then."""
    happen(3)  # the first id of a sequence numbers its transaction by itself, and most others do not
    with writing("test"), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION wait_here() RETURNS timestamptz LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_advisory_xact_lock(4242); RETURN now(); END $$"
        )
        cursor.execute("ALTER TABLE audit_auditevent ALTER at SET DEFAULT wait_here()")
        cursor.execute("SELECT pg_advisory_lock(4242)")
        thread = Thread(target=insert_elsewhere)
        thread.start()
        try:
            waiting = found_by(lambda: cursor.execute(WAITING, [4242]).fetchall())
        finally:
            cursor.execute("SELECT pg_advisory_unlock(4242)")
            thread.join(60)
    assert waiting
    assert waiting[0][0] is not None


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: transactions side by side")
def test_what_was_restored_from_another_life_is_sealed_too():
    happen(3)
    with writing("test"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditevent (actor, roles, verb, object, subjects, request_id, tx) "
            "VALUES ('before', '', 'a', '', '[]', '', '9000000000000')"
        )
    assert sealing.seal() == 4
    happen(3)
    assert verifying.verify().broken == []
    assert sealing.seal() == 3
    assert verifying.verify().broken == []


def test_sealing_ends_while_somebody_goes_on_writing(monkeypatch):
    some = sealing._seal_some
    rounds = iter(range(5))

    def meanwhile():
        sealed = some()
        happen(3, start=1000 + 3 * next(rounds))  # the sixth round fails: there is none
        return sealed

    monkeypatch.setattr(sealing, "_seal_some", meanwhile)
    happen(sealing.TOGETHER * sealing.BATCH + 5)
    assert sealing.seal() == sealing.TOGETHER * sealing.BATCH + 8
    assert verifying.verify().broken == []
