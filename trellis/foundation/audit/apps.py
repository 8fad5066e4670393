from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "trellis.foundation.audit"
    label = "audit"

    def ready(self) -> None:
        from trellis.foundation.audit.models import AuditBatch, AuditEvent, AuditLeaf, AuditSubject
        from trellis.foundation.record.triggers import append_only

        for model in (AuditEvent, AuditBatch, AuditLeaf, AuditSubject):
            append_only(model)
