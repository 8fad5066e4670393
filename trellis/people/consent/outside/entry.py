"""What this part tells the rest of the house when it starts."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation.messaging.kinds import Addressee, register_kind
from trellis.people.consent.outside import policy  # noqa: F401
from trellis.people.consent.outside.actions import MAIL_KIND
from trellis.ui.navigation import NavItem
from trellis.ui.navigation import register as register_place


def register() -> None:
    register_kind(
        MAIL_KIND,
        template="consent/messages/look.txt",
        addressee=Addressee.STAFF,
        title=_("Look at a note from outside"),
        sample={"url": "http://localhost:8000/desk/asked/waiting/"},
    )
    register_place(
        NavItem(
            place="staff",
            key="asked",
            label=_("Asked from outside"),
            url_name="consent:asked",
            icon="phone",
            order=55,
            verb="outside.record",
        )
    )
