"""What this part tells the rest of the house when it starts."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation.messaging.kinds import Addressee, register_kind
from trellis.people.clients.emergency.actions import MAIL_KIND
from trellis.ui.navigation import NavItem, register


def announce() -> None:
    register_kind(
        MAIL_KIND,
        template="clients/messages/look.txt",
        addressee=Addressee.STAFF,
        title=_("Look at an emergency opening"),
        sample={"url": "http://localhost:8000/desk/clients/emergency/read/"},
    )
    register(
        NavItem(
            place="clients",
            key="emergency",
            label=_("In an emergency"),
            url_name="clients:emergency",
            icon="circle-alert",
            order=90,
            verb="client.open_in_emergency",
        )
    )
    register(
        NavItem(
            place="clients",
            key="emergencies",
            label=_("Opened in emergencies"),
            url_name="clients:emergencies",
            icon="list",
            order=91,
            verb="client.review_emergency",
        )
    )
