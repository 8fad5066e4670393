from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "trellis.foundation.audit"
    label = "audit"

    def ready(self) -> None:
        from trellis.foundation.audit.models import AuditEvent
        from trellis.foundation.record.triggers import append_only

        append_only(AuditEvent)
