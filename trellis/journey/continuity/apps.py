from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContinuityConfig(AppConfig):
    name = "trellis.journey.continuity"
    label = "continuity"

    def ready(self) -> None:
        from trellis.foundation.program.schema import register_section
        from trellis.foundation.record.triggers import append_only
        from trellis.journey.continuity import models, own_copy, policy  # noqa: F401
        from trellis.journey.continuity.advice import blueprint as advice
        from trellis.journey.continuity.advice import panel as advice_panel
        from trellis.people.clients import own_copy as copies
        from trellis.people.clients import panels
        from trellis.ui.navigation import NavItem, register

        append_only(models.Review, kind="client", column="client_id")
        register_section(advice.SECTION, advice.Reassessment)
        panels.register("next_care", _("What next?"), advice_panel.next_care, order=57)
        copies.register("reviews", _("What was decided about your next care"), own_copy.reviews, order=27)
        register(NavItem("clients", "reassess", _("Time to look again"), "advice:due", "calendar", 91, "advice.read"))
