from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamilyConfig(AppConfig):
    name = "trellis.doors.family"
    label = "family"

    def ready(self) -> None:
        from trellis.doors.family import policy  # noqa: F401
        from trellis.foundation.access.roles import LovedOne
        from trellis.people.accounts import arrival
        from trellis.ui.navigation import NavItem, register

        arrival.register(LovedOne.key, "family:home")
        register(NavItem("family", "home", _("For you"), "family:home", "heart-handshake", 10, "family.open"))
        register(NavItem("family", "acting", _("Acting for somebody"), "family:acting", "key-round", 20, "proxy.list"))
