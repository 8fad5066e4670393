from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BreachesConfig(AppConfig):
    name = "trellis.people.breaches"
    label = "breaches"

    def ready(self) -> None:
        from trellis.foundation.messaging.kinds import Addressee, register_kind
        from trellis.foundation.record.triggers import append_only
        from trellis.people.breaches import clients, models, policy  # noqa: F401
        from trellis.people.breaches.actions import MAIL_KIND
        from trellis.people.clients.watched import asking
        from trellis.ui.navigation import NavItem, register

        for about_nobody in (
            models.Incident, models.Circumstances, models.Step, models.Assessment, models.PoliceDelay, models.Wording,
            models.Given,
        ):  # fmt: skip
            append_only(about_nobody)
        append_only(models.Affected, column="subject")
        append_only(models.AffectedMark, column="subject", through="affected")
        append_only(models.Letter, column="subject", through="affected")
        append_only(models.LetterReturn, column="subject", through="letter.affected")
        clients.teach()
        asking.never_on("breach.people", "breach.tell")
        register_kind(
            MAIL_KIND, template="breaches/messages/letter.txt", addressee=Addressee.SELF, title=_("A letter waits"),
            sample={"url": "https://example.org/my/letters/x/"},
        )  # fmt: skip
        register(NavItem("staff", "breaches", _("Incidents"), "breaches:incidents", "circle-alert", 60, "breach.see"))
