"""Who asks about one subject reads an index and the newest minute, never the whole trail."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from trellis.foundation.audit import sealing, subjects, trail
from trellis.foundation.audit.models import AuditBatch, AuditEvent, AuditSubject
from trellis.foundation.audit.tests.trail import EVENTS, happen, ids, past_the_guards
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.usefixtures("committed_db")

SUBJECTS = AuditSubject._meta.db_table
POSTGRESQL = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="PostgreSQL only: transactions side by side"
)


def entered():
    return sorted(AuditSubject.objects.values_list("subject", "event"))


def named():
    """What the events themselves say."""
    return sorted((subject, event.pk) for event in AuditEvent.objects.all() for subject in event.subjects)


def test_a_seal_enters_what_its_events_name():
    happen(300)
    assert entered() == []
    sealing.seal()
    assert entered() == named()
    happen(5, start=300)
    sealing.seal()
    assert entered() == named()


def test_sealed_and_not_yet_sealed_are_one_story_oldest_first():
    happen(3)
    sealing.seal()
    happen(3)
    assert [event.pk for event in trail.about("client:1")] == [ids()[n] for n in (0, 1, 3, 4)]
    assert [event.pk for event in trail.about("client:0", "client:3")] == [ids()[n] for n in (0, 2, 3, 5)]
    assert trail.about("client:12") == []


def test_a_span_of_time_holds_its_beginning_and_not_its_end():
    happen(4)
    sealing.seal()
    with past_the_guards() as execute:
        for n, event in enumerate(ids()):
            execute(
                f"UPDATE {EVENTS} SET subjects = '[\"client:9\"]', at = %s WHERE id = %s",
                [
                    f"2026-11-2{n} 08:00:00+00:00" if connection.vendor == "postgresql" else f"2026-11-2{n} 08:00:00",
                    event,
                ],
            )
        execute(f"INSERT INTO {SUBJECTS} (subject, event) SELECT 'client:9', id FROM {EVENTS}")
    at = [event.at for event in trail.about("client:9")]
    assert [event.at for event in trail.about("client:9", since=at[1])] == at[1:]
    assert [event.at for event in trail.about("client:9", since=at[1], until=at[3])] == at[1:3]
    assert trail.first_about("client:9", "client:2") == at[0]


def test_nobody_was_looked_at_before_anything_was_sealed():
    happen(1)
    assert trail.first_about("client:0") is None


@pytest.mark.parametrize("number", [1, 30])
def test_it_is_three_statements_however_much_happened(statements, number):
    for _ in range(number):
        happen(1)
    sealing.seal()
    for _ in range(number):
        happen(1)
    with statements() as seen:
        assert len(trail.about("client:0", "client:1")) == 2 * number
    assert len(seen) == 3


def test_the_trail_is_not_read_from_end_to_end():
    """As the database itself says how it goes about it."""
    happen(600)
    sealing.seal()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    found = AuditEvent.objects.filter(pk__in=AuditSubject.objects.filter(subject__in=["client:4"]).values("event"))
    plan = found.explain()
    assert not any(whole in plan for whole in ("Seq Scan", f"SCAN {EVENTS}", f"SCAN {SUBJECTS}")), plan


def test_what_the_index_invents_is_not_believed():
    happen(2)
    sealing.seal()
    with writing("test"):
        AuditSubject.objects.create(subject="client:77", event=ids()[0])
    assert trail.about("client:77") == []


def test_an_entry_that_is_there_already_holds_no_seal_up():
    happen(2)
    with writing("test"):
        AuditSubject.objects.create(subject="client:0", event=ids()[0])
    assert sealing.seal() == 2
    assert entered() == named()


def test_what_the_index_lost_is_written_again(trellis):
    happen(600)
    sealing.seal()
    assert trellis("audit", "index") == (0, "Nothing was missing.\n", "")
    with past_the_guards() as execute:
        execute(f"DELETE FROM {SUBJECTS} WHERE event = %s", [ids()[500]])
    assert trellis("audit", "index") == (0, "2 entries were missing and stand there again.\n", "")
    assert entered() == named()


def test_a_long_index_is_written_in_pieces(monkeypatch):
    monkeypatch.setattr(subjects, "TOGETHER", 1)
    happen(600)
    sealing.seal()
    told = []
    with past_the_guards() as execute:
        execute(f"DELETE FROM {SUBJECTS}")
    assert subjects.fill_all(lambda done, all: told.append((done, all))) == 1200
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert entered() == named()


def test_the_index_is_append_only():
    happen(1)
    sealing.seal()
    with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
        AuditSubject.objects.filter(subject="client:0").delete()


def test_a_database_with_a_trail_in_it_is_indexed_by_its_migration():
    happen(20_000)
    sealing.seal()
    happen(3)
    whole = entered()
    with writing("test"):
        MigrationExecutor(connection).migrate([("audit", "0002_auditbatch_auditleaf")])
        assert SUBJECTS not in connection.introspection.table_names()
        MigrationExecutor(connection).migrate([("audit", "0003_auditsubject")])
    assert len(whole) == 40_000
    assert entered() == whole


@POSTGRESQL
def test_what_commits_late_is_found_before_and_after_its_seal():
    happen(2)
    sealing.seal()
    late = connection.copy()
    with writing("test"), late.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(
            f"INSERT INTO {EVENTS} (actor, roles, verb, object, subjects, request_id) "
            "VALUES ('late', '', 'a', '', '[\"client:1\"]', '')"
        )
        for _ in range(3):
            happen(2)
            sealing.seal()
        cursor.execute("COMMIT")
    late.close()
    assert "late" in [event.actor for event in trail.about("client:1")]
    sealing.seal()
    assert "late" in [event.actor for event in trail.about("client:1")]
    assert entered() == named()


@POSTGRESQL
def test_what_overtook_a_transaction_still_open_is_found():
    """It began after the open one, is committed, and waits for its seal with an id above those that are sealed."""
    open_one, later = connection.copy(), connection.copy()
    sql = (
        f"INSERT INTO {EVENTS} (actor, roles, verb, object, subjects, request_id) "
        "VALUES (%s, '', 'a', '', '[\"client:1\"]', '')"
    )
    with writing("test"), later.cursor() as two, open_one.cursor() as one:
        for cursor in (two, one):
            cursor.execute("BEGIN")
        two.execute(sql, ["two"])  # the lower id
        happen(2)
        sealing.seal()
        one.execute(sql, ["one"])
        one.execute("COMMIT")
        sealing.seal()
        assert "one" in [event.actor for event in trail.about("client:1")]
        two.execute("COMMIT")
        assert "two" in [event.actor for event in trail.about("client:1")]
        sealing.seal()
        happen(1)
        sealing.seal()
        assert AuditBatch.objects.exclude(tx=None).exists()
    open_one.close()
    later.close()
    assert {"one", "two"} <= {event.actor for event in trail.about("client:1")}
    assert entered() == named()


@POSTGRESQL
def test_after_long_the_tail_is_short():
    """The floor rises with the seals; it would read all that ever happened otherwise."""
    for _ in range(4):
        happen(50)
        sealing.seal()
    assert subjects.floor() >= ids()[99]
