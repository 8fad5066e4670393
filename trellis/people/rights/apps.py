from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    name = "trellis.people.rights"
    label = "rights"

    def ready(self) -> None:
        from trellis.foundation.jobs import every
        from trellis.foundation.messaging.kinds import Addressee, register_kind, register_release_check
        from trellis.foundation.program.actions import register_loader
        from trellis.foundation.record.triggers import append_only
        from trellis.people.clients import own_copy, panels
        from trellis.people.consent import contents
        from trellis.people.rights import jobs, models, panel, policy, release  # noqa: F401
        from trellis.people.rights.notice.actions import keep_notice
        from trellis.people.rights.own_copy import sections
        from trellis.people.rights.requests import letters
        from trellis.people.rights.requests.actions import MAIL_KIND

        append_only(models.NoticeVersion)
        append_only(models.Acknowledgement, kind="client", column="client_id")
        append_only(models.RightsRequest, kind="client", column="client_id")
        append_only(models.RequestAnswer, kind="client", column="client_id", through="request")
        contents.register_beside(letters.disputes)
        register_kind(
            MAIL_KIND, template="rights/messages/answered.txt", addressee=Addressee.SELF, title=_("Your request"),
            sample={"url": "http://localhost:8000/accounts/arrive/"},
        )  # fmt: skip
        register_loader("notice", keep_notice)
        every(60, jobs.renew_notice)
        register_release_check("client", release.about_client)
        panels.register("rights", _("Their rights"), panel.rights, order=65, group=panels.Group.SHARING)
        own_copy.register("notice", _("Notice of privacy practices"), sections.notices, order=60)
        own_copy.register("requests", _("What you asked for"), sections.requests, order=70)
        stand_in_places()


def stand_in_places() -> None:
    from trellis.ui.navigation import NavItem, register

    register(NavItem("public", "privacy", _("Privacy"), "notice:read", "key-round", 20))
    register(NavItem("staff", "rights", _("Clients’ requests"), "rights:requests", "inbox", 58, "rights.answer"))
    register(NavItem("staff", "notice", _("Privacy notice"), "rights:unread", "file-text", 59, "notice.list"))
