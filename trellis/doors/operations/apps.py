from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """For whoever keeps an installation running: setup, serve, doctor, backup, keys. It has no pages."""

    name = "trellis.doors.operations"
    label = "operations"

    def ready(self) -> None:
        from trellis.doors.operations import jobs, policy  # noqa: F401
        from trellis.foundation.jobs.registry import every
        from trellis.foundation.messaging.kinds import register_kind

        every(5, jobs.back_up)
        every(10, jobs.keep_checkpoint)
        register_kind(
            "operations.checkpoint",
            template="operations/messages/checkpoint.txt",
            sample={"code": '{"at": "2026-11-29T10:00:00+00:00", "sealed": 12, "signature": "c2lnbmVk"}'},
        )
