from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

#: the one thing that each role opens the house for; others come to the first place that they may open
FIRST_SCREENS = {
    "intake_coordinator": "inquiry:board",
    "front_desk": "schedule:day_sheet",
    "counselor": "schedule:my_day",
    "therapist": "schedule:my_day",
    "group_facilitator": "schedule:my_day",
    "clinical_director": "staff_desk:program_today",
    "medical_director": "staff_desk:program_today",
    "program_administrator": "staff_desk:program_today",
}


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
            arrival.register(role.key, FIRST_SCREENS.get(role.key, "staff_desk:home"))
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
        navigation.register(
            navigation.NavItem(
                place="clients",
                key="standing_out",
                label=_("Openings that stand out"),
                url_name="staff_desk:standing_out",
                icon="search",
                order=92,
                verb="audit.stand_out",
            )
        )
        navigation.register(
            navigation.NavItem(
                place="clients",
                key="set_aside",
                label=_("Messages set aside"),
                url_name="staff_desk:set_aside",
                icon="mail",
                order=93,
                verb="messaging.read_set_aside",
            )
        )
        panels.register("sign_in", _("Signing in"), sign_in, order=90, group=panels.Group.PRACTICAL)
