from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "trellis.foundation.program"
    label = "program"

    def ready(self) -> None:
        from trellis.foundation.program import policy  # noqa: F401
        from trellis.foundation.program.models import BlueprintVersion
        from trellis.foundation.record.triggers import append_only

        append_only(BlueprintVersion)
