from django.apps import AppConfig


class InquiryConfig(AppConfig):
    name = "trellis.journey.inquiry"
    label = "inquiry"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from trellis.foundation.messaging.kinds import Addressee, register_kind, register_release_check
        from trellis.foundation.record.triggers import append_only
        from trellis.journey.inquiry import affected, policy, release  # noqa: F401
        from trellis.journey.inquiry.actions import MAIL_KIND
        from trellis.journey.inquiry.models import Attempt, StatusChange
        from trellis.ui.navigation import NavItem, register

        append_only(Attempt, kind="inquiry", column="inquiry_id")
        append_only(StatusChange, kind="inquiry", column="inquiry_id")
        affected.teach()
        register_kind(
            MAIL_KIND,
            template="inquiry/messages/promise.txt",
            addressee=Addressee.SELF,
            title=_("When we call back"),
            sample={"promise": "We call you on Tuesday, November 24, before 6 pm.", "phone": "909-555-0140"},
        )
        register_release_check("inquiry", release.to_whoever_asked)
        register(
            NavItem(
                place="staff",
                key="inquiries",
                label=_("Inquiries"),
                url_name="inquiry:board",
                icon="inbox",
                order=20,
                verb="inquiry.board",
            )
        )
