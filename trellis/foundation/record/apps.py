from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class RecordConfig(AppConfig):
    name = "trellis.foundation.record"
    label = "record"

    def ready(self) -> None:
        from trellis.foundation.record import guard, triggers

        connection_created.connect(guard.install, dispatch_uid="record.guard")
        post_migrate.connect(triggers.after_migrate, dispatch_uid="record.triggers")
