from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecoveryConfig(AppConfig):
    name = "trellis.journey.recovery"
    label = "recovery"

    def ready(self) -> None:
        from trellis.journey.recovery import panel, policy  # noqa: F401
        from trellis.people.clients import panels

        panels.register("meetings", _("Meetings near"), panel.meetings, order=70, group=panels.Group.PRACTICAL)
