from django.apps import AppConfig


class InquiryConfig(AppConfig):
    name = "trellis.journey.inquiry"
    label = "inquiry"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from trellis.foundation.messaging.kinds import Addressee, register_kind, register_release_check
        from trellis.foundation.record.triggers import append_only
        from trellis.journey.inquiry import affected, own_copy, panel, policy, release  # noqa: F401
        from trellis.journey.inquiry.actions import MAIL_KIND
        from trellis.journey.inquiry.models import Attempt, ReferralMatch, ReferralOriginal, StatusChange
        from trellis.journey.inquiry.queries import referrals
        from trellis.people.clients import own_copy as copies
        from trellis.people.clients import panels
        from trellis.people.clients.kept_out import subjects
        from trellis.ui.navigation import NavItem, register

        append_only(Attempt, kind="inquiry", column="inquiry_id")
        append_only(StatusChange, kind="inquiry", column="inquiry_id")
        append_only(ReferralOriginal, kind="inquiry", column="inquiry_id", through="referral")
        append_only(ReferralMatch, column="about", or_column="subject")
        affected.teach()
        subjects.also(referrals.recognized_in)
        copies.register("referrals", _("What other places sent us about you"), own_copy.referrals, order=20)
        panels.register("referrals", _("Referrals"), panel.referrals, order=62, group=panels.Group.RECORD)
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
        register(NavItem("clients", "referrals", _("Referrals"), "referrals:list", "file-text", 92, "referral.list"))
