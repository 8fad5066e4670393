from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "trellis.foundation.documents"
    label = "documents"

    def ready(self) -> None:
        from trellis.foundation.documents import models, policy  # noqa: F401
        from trellis.foundation.record.triggers import append_only

        append_only(models.Document, column="subject")
