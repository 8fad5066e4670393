"""What this part tells the rest of the house when it starts."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.pages import ask_first
from trellis.foundation.messaging.kinds import Addressee, register_kind
from trellis.people.clients.watched import asking
from trellis.people.clients.watched.actions import MAIL_KIND
from trellis.ui.navigation import NavItem, register


def announce() -> None:
    ask_first(asking.why_first)
    register_kind(
        MAIL_KIND,
        template="clients/messages/look.txt",
        addressee=Addressee.STAFF,
        title=_("Look at an opening of a watched record"),
        sample={"url": "http://localhost:8000/desk/clients/watched/"},
    )
    register(
        NavItem(
            place="clients",
            key="watched",
            label=_("Openings of watched records"),
            url_name="clients:watched",
            icon="list",
            order=92,
            verb="client.review_watched",
        )
    )
