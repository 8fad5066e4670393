"""PostgreSQL finds a part of a word through groups of three letters, where the installation has the extension."""

from django.db import migrations

NAME = "name_word_parts"


def index_parts(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql" or not _has_trigrams(schema_editor):
        return
    table = apps.get_model("clients", "NameWord")._meta.db_table
    schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {NAME} ON {table} USING gin (word gin_trgm_ops)")


def forget_parts(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


def _has_trigrams(schema_editor):
    """Makes the extension where it lies ready and we may; without it the search reads every word, and is as right."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT installed_version FROM pg_available_extensions WHERE name = 'pg_trgm'")
        known = cursor.fetchone()
        if known is None:
            return False
        if known[0] is None:
            cursor.execute("SELECT has_database_privilege(current_database(), 'CREATE')")
            if not cursor.fetchone()[0]:
                return False
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    return True


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]
    operations = [migrations.RunPython(index_parts, forget_parts)]
