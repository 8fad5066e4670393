"""The role that serves pages writes rows, and can take no guard away. Each test has a database of its own."""

from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from trellis.foundation.audit import sealing, trail, verifying
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record import privileges, triggers
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.usefixtures("committed_db")
ROLE = "trellis_test serves"  # a name that must be quoted


@pytest.fixture
def role(settings):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: roles")
    settings.SERVING_ROLE = ROLE
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE ROLE "{ROLE}"')
        try:
            with writing("test"):
                privileges.after_migrate("default")
            yield ROLE
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute(f'DROP OWNED BY "{ROLE}"')
            cursor.execute(f'DROP ROLE "{ROLE}"')


@contextmanager
def serving(role):
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
        try:
            yield cursor.execute
        finally:
            cursor.execute("RESET ROLE")


def happens():
    with transaction.atomic():
        trail.record(actor="account:1", roles=(), verb="client.read", subjects=["client:1"])


def test_it_does_what_pages_and_the_worker_do(role):
    with serving(role):
        happens()
        assert sealing.seal() >= 1
        found = verifying.verify()
    assert (found.broken, found.sealed) == ([], found.events)


#: even where a guard is lost
FORBIDDEN = (
    "UPDATE audit_auditevent SET verb = 'x'",
    "DELETE FROM audit_auditevent",
    "TRUNCATE audit_auditevent",
    "DELETE FROM audit_auditleaf",
    "UPDATE consent_consent SET language = 'en'",
    "DELETE FROM django_migrations",
    "DROP TRIGGER audit_auditbatch_append_only_row ON audit_auditbatch",
    "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL",
    "CREATE TRIGGER other BEFORE INSERT ON audit_auditevent FOR EACH ROW EXECUTE FUNCTION x()",
    "SET session_replication_role = replica",
    "CREATE TABLE another (id int)",
    "DROP TABLE audit_auditevent",
    "ALTER TABLE clients_client ADD COLUMN more int",
)


def test_it_takes_no_guard_away_and_overwrites_nothing(role):
    happens()
    for one in triggers.declared():
        if one.table in {"audit_auditevent", "audit_auditleaf", "consent_consent"}:
            triggers.remove(connection, one)
    with writing("test"), serving(role) as execute:
        for sql in FORBIDDEN:
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
                execute(sql)
    assert AuditEvent.objects.filter(verb="client.read").exists()


def test_what_a_role_can_do_too_much_is_seen(role):
    assert "audit_auditevent" in privileges.too_many(connection), "the owner could"
    with serving(role):
        assert privileges.too_many(connection) == []
    with writing("test"), connection.cursor() as cursor:
        cursor.execute(f'GRANT TRIGGER ON audit_auditevent TO "{role}"')
    with serving(role):
        assert privileges.too_many(connection) == ["audit_auditevent"]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only: roles")
def test_a_migration_grants_to_the_role_that_is_named_and_to_nobody_else(settings, monkeypatch):
    granted = []
    monkeypatch.setattr(privileges, "grant", lambda connection, role: granted.append(role))
    for name in ("", "trellis_serves"):
        settings.SERVING_ROLE = name
        call_command("migrate", verbosity=0)
    assert granted == ["trellis_serves"]
