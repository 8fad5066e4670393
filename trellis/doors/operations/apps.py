from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """For whoever keeps an installation running: setup, serve, doctor, backup. It has no pages."""

    name = "trellis.doors.operations"
    label = "operations"

    def ready(self) -> None:
        from trellis.doors.operations import jobs
        from trellis.foundation.jobs.registry import every

        every(5, jobs.back_up)
