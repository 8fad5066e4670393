from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientPortalConfig(AppConfig):
    name = "trellis.doors.client_portal"
    label = "client_portal"

    def ready(self) -> None:
        from trellis.doors.client_portal import policy  # noqa: F401
        from trellis.foundation.access.roles import Alumnus, Client
        from trellis.people.accounts import arrival
        from trellis.ui.navigation import NavItem, register

        for role in (Client, Alumnus):
            arrival.register(role.key, "my:today")
        register(NavItem("client", "today", _("Today"), "my:today", "sun", 10, "my.today"))
        register(NavItem("client", "week", _("Week"), "my:week", "calendar-days", 20, "my.week"))
        register(NavItem("client", "sharing", _("Sharing"), "my:sharing", "key-round", 40, "my.sharing"))
