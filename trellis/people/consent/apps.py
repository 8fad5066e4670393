from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "trellis.people.consent"
    label = "consent"

    def ready(self) -> None:
        from trellis.foundation.record.triggers import append_only
        from trellis.people.clients import panels
        from trellis.people.consent import contents, models, panel, policy  # noqa: F401
        from trellis.people.consent.rules.words import Information

        for model in (models.Consent, models.Standing):
            append_only(model, kind="client", column="client_id")
        for model in (
            models.ConsentEnd, models.Disclosure, models.DisclosureFacts, models.OutsideRequest, models.OutsideReview,
        ):  # fmt: skip
            append_only(model)
        contents.register(Information.PRESENCE, contents.presence)
        panels.register("sharing", _("Sharing"), panel.sharing, order=60)
