"""On PostgreSQL an event's transaction has its number before the event has its id.

Otherwise an event that is the first thing its transaction writes could take an id, wait, and get a later transaction than
a sealer that sealed higher ids meanwhile: it would look slipped in.
"""

from django.db import migrations

NAME = "audit_transaction_first"


def number_first(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        table = apps.get_model("audit", "AuditEvent")._meta.db_table
        schema_editor.execute(
            f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_current_xact_id(); RETURN NULL; END $$"
        )
        # For the statement, not the row: a row's defaults, its id among them, are made before its triggers run.
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()"
        )


def as_it_was(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        table = apps.get_model("audit", "AuditEvent")._meta.db_table
        schema_editor.execute(f"DROP TRIGGER {NAME} ON {table}")
        schema_editor.execute(f"DROP FUNCTION {NAME}()")


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_auditsubject'),
    ]

    operations = [
        migrations.RunPython(number_first, as_it_was),
    ]
