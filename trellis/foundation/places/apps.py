from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "trellis.foundation.places"
    label = "places"

    def ready(self) -> None:
        from trellis.foundation.jobs import every
        from trellis.foundation.places import jobs, policy  # noqa: F401
        from trellis.ui.navigation import NavItem, register

        every(15, jobs.read_lists)
        register(
            NavItem(
                place="staff",
                key="meeting_lists",
                label=_("Meeting lists"),
                url_name="meeting_lists:lists",
                icon="list",
                order=70,
                verb="places.keep_lists",
            )
        )
