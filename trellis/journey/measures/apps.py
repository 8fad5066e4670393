from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    name = "trellis.journey.measures"
    label = "measures"

    def ready(self) -> None:
        from trellis.foundation.program.check import register_check
        from trellis.foundation.program.schema import register_section
        from trellis.foundation.record.triggers import append_only
        from trellis.journey.measures import alert_entry, blueprint, models, own_copy, panel, policy  # noqa: F401
        from trellis.people.clients import own_copy as copies
        from trellis.people.clients import panels

        append_only(models.Administration, kind="client", column="client_id")
        append_only(models.Answer, kind="client", column="client_id", through="administration")
        append_only(models.Outcome, kind="client", column="client_id", through="administration")
        append_only(models.SafetyAlert, kind="client", column="client_id")
        append_only(models.AlertStep, kind="client", column="client_id", through="alert")
        alert_entry.register()
        register_section(blueprint.SECTION, blueprint.Measures)
        register_check(blueprint.known_instruments)
        panels.register("questions", _("Questions"), panel.questions, order=20)
        copies.register("answers", _("What you answered"), own_copy.answers, order=37)
