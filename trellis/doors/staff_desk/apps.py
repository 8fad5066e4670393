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

        for role in STAFF:
            arrival.register(role.key, "staff_desk:home")
        arrival.register("intake_coordinator", "inquiry:board")
        panels.register("sign_in", _("Signing in"), sign_in, order=90)
