from django.db import migrations, models

from trellis.foundation.record import sealed_later


class Migration(migrations.Migration):

    dependencies = [
        ("continuity", "0003_aftercare"),
    ]

    operations = [
        migrations.RenameField("letterrequest", "asked_by", "asked_by_sealed"),
        migrations.AlterField("letterrequest", "asked_by_sealed", models.TextField()),
        migrations.RunPython(*sealed_later.column("continuity", "LetterRequest", "asked_by_sealed")),
    ]
