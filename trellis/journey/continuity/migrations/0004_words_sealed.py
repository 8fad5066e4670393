from django.db import migrations, models

from trellis.foundation.record import sealed_later


class Migration(migrations.Migration):

    dependencies = [
        ("continuity", "0003_aftercare"),
    ]

    # The guards go first, whichever way it runs.
    operations = [
        sealed_later.guards_lifted(),
        migrations.RenameField("letterrequest", "asked_by", "asked_by_sealed"),
        migrations.AlterField("letterrequest", "asked_by_sealed", models.TextField()),
        sealed_later.column("continuity", "LetterRequest", "asked_by_sealed"),
        sealed_later.guards_lifted(),
    ]
