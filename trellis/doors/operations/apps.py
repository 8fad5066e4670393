from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """For whoever keeps an installation running: setup, serve, doctor, backup, keys, retention."""

    name = "trellis.doors.operations"
    label = "operations"

    def ready(self) -> None:
        from trellis.doors.operations import jobs, models, policy  # noqa: F401
        from trellis.foundation.jobs.registry import every
        from trellis.foundation.messaging.kinds import Addressee, register_kind
        from trellis.foundation.record.triggers import append_only
        from trellis.ui import navigation

        navigation.register(
            navigation.NavItem(
                place="clients", key="retention", label=_("Kept and deleted"), url_name="retention:due", icon="archive",
                order=93, verb="retention.see",
            )
        )  # fmt: skip
        append_only(models.LegalHold, column="subject")
        append_only(models.LegalHoldEnd, column="subject", through="hold")
        append_only(models.Tombstone)
        every(5, jobs.back_up)
        every(10, jobs.keep_checkpoint)
        every(24 * 60, jobs.keep_to_retention)
        register_kind(
            "operations.checkpoint",
            template="operations/messages/checkpoint.txt",
            addressee=Addressee.STAFF,
            title=_("Where the sealed trail stands"),
            sample={"code": '{"at": "2026-11-29T10:00:00+00:00", "sealed": 12, "signature": "c2lnbmVk"}'},
        )
