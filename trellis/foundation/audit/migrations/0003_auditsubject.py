"""Which events name a subject. What was sealed before is entered piece by piece, by the database itself."""

from django.db import migrations, models

TOGETHER = 64  # batches of 256 events
EACH = {"sqlite": "json_each(e.subjects) s", "postgresql": "jsonb_array_elements_text(e.subjects) s(value)"}


def enter_what_is_sealed(apps, schema_editor):
    batches, leaves, events, subjects = (
        apps.get_model("audit", name)._meta.db_table
        for name in ("AuditBatch", "AuditLeaf", "AuditEvent", "AuditSubject")
    )
    fill = (
        f"INSERT INTO {subjects} (subject, event) SELECT DISTINCT s.value, e.id FROM {leaves} l "
        f"JOIN {events} e ON e.id = l.event CROSS JOIN {EACH[schema_editor.connection.vendor]} "
        "WHERE l.batch BETWEEN %s AND %s"
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX(number), 0) FROM {batches}")
        newest = cursor.fetchone()[0]
        for first in range(1, newest + 1, TOGETHER):
            cursor.execute(fill, [first, first + TOGETHER - 1])


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_auditbatch_auditleaf'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditSubject',
            fields=[
                ('pk', models.CompositePrimaryKey('subject', 'event', blank=True, editable=False, primary_key=True, serialize=False)),
                ('subject', models.TextField()),
                ('event', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.RunPython(enter_what_is_sealed, migrations.RunPython.noop),
    ]
