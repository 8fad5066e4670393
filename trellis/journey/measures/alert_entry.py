"""What alerts tell the rest of the house when it starts."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation.jobs import every
from trellis.foundation.messaging.kinds import Addressee, register_kind
from trellis.foundation.program.actions import register_loader
from trellis.foundation.program.check import register_check
from trellis.foundation.program.schema import register_section
from trellis.journey.measures import alert_jobs, duty
from trellis.journey.measures.actions.raising import MAIL_KIND
from trellis.people.clients.watched import asking
from trellis.ui.navigation import NavItem
from trellis.ui.navigation import register as register_place


def register() -> None:
    register_section(duty.SECTION, duty.OnDuty)
    register_check(duty.everybody_known)
    register_loader(duty.SECTION, duty.addresses_known)
    register_kind(
        MAIL_KIND,
        template="measures/messages/look.txt",
        addressee=Addressee.STAFF,
        title=_("Look at an answer now"),
        sample={"url": "http://localhost:8000/desk/alerts/"},
        urgent=True,
    )
    every(1, alert_jobs.climb_alerts)
    # A life may be in danger: nobody is asked first why they open it.
    asking.never_on("alerts.see")
    # Staff were asked when they handed it over; whoever holds the tablet is not.
    asking.never_on("measures.on_tablet")
    register_place(
        NavItem(
            place="staff",
            key="alerts",
            label=_("Answers that need a person"),
            url_name="alerts:list",
            icon="circle-alert",
            order=16,
            verb="alerts.see",
        )
    )
