from django.apps import AppConfig


class ContinuityConfig(AppConfig):
    name = "trellis.journey.continuity"
    label = "continuity"

    def ready(self) -> None:
        from trellis.journey.continuity import policy  # noqa: F401
        from trellis.journey.continuity.aftercare import entry as aftercare

        aftercare.register()
