from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "trellis.people.staff"
    label = "staff"

    def ready(self) -> None:
        from trellis.foundation.record.triggers import append_only
        from trellis.people.accounts import hooks
        from trellis.people.staff import policy, sign_in  # noqa: F401
        from trellis.people.staff.models import LegalName, License
        from trellis.ui.navigation import NavItem, register

        hooks.when_accepted("staff", sign_in.employ)
        append_only(LegalName, kind="staff", column="staff_member_id")
        append_only(License, kind="staff", column="staff_member_id")
        register(
            NavItem(
                place="staff",
                key="staff",
                label=_("Staff"),
                url_name="staff:list",
                icon="users",
                order=80,
                verb="staff.see",
            )
        )
