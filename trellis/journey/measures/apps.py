from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "trellis.journey.measures"
    label = "measures"

    def ready(self) -> None:
        from trellis.foundation.record.triggers import append_only
        from trellis.journey.measures import alert_entry, models, policy  # noqa: F401

        append_only(models.Administration, kind="client", column="client_id")
        append_only(models.Answer, kind="client", column="client_id", through="administration")
        append_only(models.Outcome, kind="client", column="client_id", through="administration")
        append_only(models.SafetyAlert, kind="client", column="client_id")
        append_only(models.AlertStep, kind="client", column="client_id", through="alert")
        alert_entry.register()
