from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate

from trellis.foundation.record import privileges
from trellis.foundation.record.guard import writing


class Command(migrate.Command):
    help = migrate.Command.help

    def handle(self, *args: Any, **options: Any) -> str | None:
        # A migration may carry data; it is the one writer that is not an action.
        with writing("migrate"):
            answer = super().handle(*args, **options)
            if not (options["app_label"] or options["plan"] or options["check_unapplied"]):
                # Limits, one-time codes and stamps live there: a schema without it is not whole.
                call_command("createcachetable", database=options["database"], verbosity=0)
                privileges.after_migrate(options["database"])
        return answer
