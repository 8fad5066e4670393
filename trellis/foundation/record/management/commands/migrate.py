from typing import Any

from django.core.management.commands import migrate

from trellis.foundation.record.guard import writing


class Command(migrate.Command):
    help = migrate.Command.help

    def handle(self, *args: Any, **options: Any) -> str | None:
        # A migration may carry data; it is the one writer that is not an action.
        with writing("migrate"):
            return super().handle(*args, **options)
