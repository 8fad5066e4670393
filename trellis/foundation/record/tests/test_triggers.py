"""What the database refuses, tried by raw statements, as an injected statement or a slip would."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record import triggers
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.django_db


def run(sql, *params):
    with transaction.atomic(), writing("test"), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def event():
    with writing("test"):
        return AuditEvent.objects.create(actor="public", verb="test", subjects=["client:1"])


def test_an_audit_event_cannot_be_changed(event):
    with pytest.raises(IntegrityError, match="append-only"):
        run("UPDATE audit_auditevent SET verb = 'other'")


def test_an_audit_event_cannot_be_deleted(event):
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM audit_auditevent")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite only: INSERT OR REPLACE")
def test_an_audit_event_cannot_be_replaced(event):
    with pytest.raises(IntegrityError, match="append-only"):
        run(
            "INSERT OR REPLACE INTO audit_auditevent (id, actor, roles, verb, object, subjects, request_id) "
            "VALUES (%s, 'x', '', 'x', '', '[]', '')",
            event.pk,
        )


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: TRUNCATE")
def test_the_audit_trail_cannot_be_emptied(event):
    with pytest.raises(IntegrityError, match="append-only"):
        run("TRUNCATE audit_auditevent")


def test_a_sound_database_misses_no_guard():
    assert triggers.missing(connection) == []


def test_a_dropped_guard_is_missed_and_comes_back():
    audit = next(d for d in triggers.declared() if d.table == "audit_auditevent")
    triggers.remove(connection, audit)
    assert triggers.missing(connection) == [audit]
    triggers.install(connection, audit)
    assert triggers.missing(connection) == []


def test_a_clinical_row_may_be_deleted_only_for_a_subject_that_stands_in_the_erasure_table():
    with writing("test"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE erasable (id integer PRIMARY KEY, client_id integer)")
        cursor.execute("INSERT INTO erasable VALUES (1, 7), (2, 8)")
        declaration = triggers.AppendOnly("record", "erasable", ("'client:' || OLD.client_id",))
        triggers.install(connection, declaration)
        cursor.execute(
            "INSERT INTO record_erasure (subject, decided_at, decided_by) VALUES ('client:7', '2026-01-01', 'x')"
        )
    run("DELETE FROM erasable WHERE client_id = 7")
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM erasable WHERE client_id = 8")
    with pytest.raises(IntegrityError, match="append-only"):
        run("UPDATE erasable SET client_id = 7 WHERE client_id = 8")


@pytest.fixture
def booked():
    moment = "timestamptz" if connection.vendor == "postgresql" else "text"
    false = "false" if connection.vendor == "postgresql" else "0"
    with writing("test"), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE bookable (id integer PRIMARY KEY, room_id integer, starts_at {moment}, "
            f"ends_at {moment}, released bool DEFAULT {false})"
        )
        triggers.install(connection, triggers.NoOverlap("record", "bookable", "room_id"))
        cursor.execute(
            "INSERT INTO bookable (id, room_id, starts_at, ends_at) "
            "VALUES (1, 1, '2026-11-25 17:30:00', '2026-11-25 20:30:00')"
        )
    return "INSERT INTO bookable (id, room_id, starts_at, ends_at) VALUES (%s, %s, %s, %s)"


@pytest.mark.parametrize(
    ("start", "end"),
    [("17:30", "20:30"), ("16:00", "17:31"), ("20:29", "22:00"), ("18:00", "19:00"), ("17:00", "21:00")],
)
def test_the_same_room_cannot_be_booked_over(booked, start, end):
    with pytest.raises(IntegrityError):
        run(booked, 2, 1, f"2026-11-25 {start}:00", f"2026-11-25 {end}:00")


@pytest.mark.parametrize(
    ("room", "start", "end"), [(1, "20:30", "21:00"), (1, "16:00", "17:30"), (2, "18:00", "19:00")]
)
def test_touching_times_and_other_rooms_are_free(booked, room, start, end):
    run(booked, 2, room, f"2026-11-25 {start}:00", f"2026-11-25 {end}:00")


def test_moving_a_booking_onto_another_is_refused_and_a_released_one_holds_nothing(booked):
    run(booked, 2, 2, "2026-11-25 18:00:00", "2026-11-25 19:00:00")
    with pytest.raises(IntegrityError):
        run("UPDATE bookable SET room_id = 1 WHERE id = 2")
    true = "true" if connection.vendor == "postgresql" else "1"
    run(f"UPDATE bookable SET released = {true} WHERE id = 1")
    run("UPDATE bookable SET room_id = 1 WHERE id = 2")


def test_after_a_migration_that_lost_them_the_guards_stand_again():
    audit = next(d for d in triggers.declared() if d.table == "audit_auditevent")
    triggers.remove(connection, audit)
    triggers.after_migrate(apps.get_app_config("audit"), "default")
    assert triggers.missing(connection) == []
