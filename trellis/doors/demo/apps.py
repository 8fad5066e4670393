from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "trellis.doors.demo"
    label = "demo"

    def ready(self) -> None:
        from trellis.doors.demo import policy  # noqa: F401
