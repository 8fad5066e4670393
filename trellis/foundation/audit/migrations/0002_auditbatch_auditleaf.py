"""The seal over the trail. PostgreSQL notes the transaction of each event: ids alone do not tell what came first."""

import django.db.models.functions.datetime
from django.db import migrations, models


def note_transactions(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        table = apps.get_model("audit", "AuditEvent")._meta.db_table
        schema_editor.execute(f"ALTER TABLE {table} ADD COLUMN tx xid8 NOT NULL DEFAULT pg_current_xact_id()")


def forget_transactions(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        table = apps.get_model("audit", "AuditEvent")._meta.db_table
        schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN tx")


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('first', models.PositiveBigIntegerField()),
                ('last', models.PositiveBigIntegerField()),
                ('size', models.PositiveIntegerField()),
                ('root', models.CharField(max_length=64)),
                ('head', models.CharField(max_length=64)),
                ('highest', models.PositiveBigIntegerField()),
                ('horizon', models.PositiveBigIntegerField(null=True)),
                ('tx', models.PositiveBigIntegerField(null=True)),
                ('sealed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='AuditLeaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.PositiveBigIntegerField(unique=True)),
                ('batch', models.PositiveBigIntegerField()),
                ('position', models.PositiveIntegerField()),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'position'), name='one_leaf_a_place')],
            },
        ),
        migrations.RunPython(note_transactions, forget_transactions),
    ]
