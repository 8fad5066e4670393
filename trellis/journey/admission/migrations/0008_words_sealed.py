from django.db import migrations, models

from trellis.foundation.record import sealed_later


class Migration(migrations.Migration):

    dependencies = [
        ("admission", "0007_arriving"),
    ]

    # The guards go first, whichever way it runs.
    operations = [
        sealed_later.guards_lifted(),
        migrations.RenameField("admission", "reason", "reason_sealed"),
        sealed_later.column("admission", "Admission", "reason_sealed"),
        migrations.RenameField("handon", "spoke_with", "spoke_with_sealed"),
        migrations.AlterField("handon", "spoke_with_sealed", models.TextField(blank=True)),
        sealed_later.column("admission", "HandOn", "spoke_with_sealed"),
        sealed_later.guards_lifted(),
    ]
