from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffDeskConfig(AppConfig):
    name = "trellis.doors.staff_desk"
    label = "staff_desk"

    def ready(self) -> None:
        from trellis.doors.staff_desk import policy  # noqa: F401
        from trellis.doors.staff_desk.panels import sign_in
        from trellis.foundation.access.roles import STAFF
        from trellis.people.accounts import arrival
        from trellis.people.clients import panels
        from trellis.ui import navigation

        for role in STAFF:
            arrival.register(role.key, "staff_desk:home")
        arrival.register("intake_coordinator", "inquiry:board")
        for role in ("clinical_director", "medical_director", "program_administrator"):
            arrival.register(role, "staff_desk:program_today")
        navigation.register(
            navigation.NavItem(
                place="staff",
                key="program_today",
                label=_("Program today"),
                url_name="staff_desk:program_today",
                icon="house",
                order=5,
                verb="program.today",
            )
        )
        panels.register("sign_in", _("Signing in"), sign_in, order=90)
