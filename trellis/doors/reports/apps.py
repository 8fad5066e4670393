from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "trellis.doors.reports"
    label = "reports"

    def ready(self) -> None:
        from trellis.doors.reports import policy  # noqa: F401
        from trellis.people.clients.watched import asking
        from trellis.ui import navigation

        asking.never_on("reports.people")
        navigation.register(
            navigation.NavItem(
                place="staff",
                key="program_measures",
                label=_("Program measures"),
                url_name="reports:measures",
                icon="list",
                order=60,
                verb="reports.numbers",
            )
        )
