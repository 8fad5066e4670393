from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "trellis.people.consent"
    label = "consent"

    def ready(self) -> None:
        from trellis.foundation.record.triggers import append_only
        from trellis.people.clients import own_copy as copies
        from trellis.people.clients import panels
        from trellis.people.consent import contents, models, own_copy, panel, policy, release  # noqa: F401
        from trellis.people.consent.outside import entry
        from trellis.people.consent.rules.words import Information

        append_only(models.Consent, kind="client", column="client_id")
        append_only(models.Standing, kind="client", column="client_id")
        append_only(models.ConsentEnd, kind="client", column="client_id", through="consent")
        append_only(models.Disclosure, column="subject")
        append_only(models.DisclosureFacts, column="subject", through="disclosure")
        append_only(models.OutsideRequest, kind="outside", column="id")
        append_only(models.OutsideReview, kind="outside", column="request_id")
        append_only(models.ConsentScan, kind="client", column="client_id", through="consent")
        append_only(models.PassedOn, column="subject", through="disclosure")
        contents.register(Information.PRESENCE, contents.presence)
        panels.register("death", _("They have died"), panel.death, order=0)
        panels.register("sharing", _("Sharing"), panel.sharing, order=60, group=panels.Group.SHARING)
        copies.register("consents", _("Your consents"), own_copy.consents, order=40)
        copies.register("told", _("What we told others about you"), own_copy.told, order=50)
        copies.register("passed_on", _("Where an intermediary passed it on"), own_copy.passed_on, order=55)
        entry.register()
        release.register()
