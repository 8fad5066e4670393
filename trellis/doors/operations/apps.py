from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """For whoever keeps an installation running: setup, serve, doctor, backup, keys. It has no pages."""

    name = "trellis.doors.operations"
    label = "operations"

    def ready(self) -> None:
        from trellis.doors.operations import jobs, policy  # noqa: F401
        from trellis.foundation.jobs.registry import every
        from trellis.foundation.messaging.kinds import Addressee, register_kind

        every(5, jobs.back_up)
        every(10, jobs.keep_checkpoint)
        register_kind(
            "operations.checkpoint",
            template="operations/messages/checkpoint.txt",
            addressee=Addressee.STAFF,
            title=_("Where the sealed trail stands"),
            sample={"code": '{"at": "2026-11-29T10:00:00+00:00", "sealed": 12, "signature": "c2lnbmVk"}'},
        )
