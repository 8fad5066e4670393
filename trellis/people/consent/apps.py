from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "trellis.people.consent"
    label = "consent"

    def ready(self) -> None:
        from trellis.foundation.record.triggers import append_only
        from trellis.people.consent import models

        for model in (models.Consent, models.Standing):
            append_only(model, kind="client", column="client_id")
        for model in (
            models.ConsentEnd, models.Disclosure, models.DisclosureFacts, models.OutsideRequest, models.OutsideReview,
        ):  # fmt: skip
            append_only(model)
