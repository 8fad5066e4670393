"""What a client takes out of their own record: what their team did when numbers stayed hard."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.journey.care.response.presenters import answered
from trellis.journey.care.response.queries import responses
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, day, text


def responses_of(client: Client) -> Iterable[Entry]:
    """One statement."""
    for one in answered(list(reversed(responses(client)))):
        yield (
            day("on", _("Day"), one.on),
            text("measure", _("What it was about"), one.measure),
            text("causes", _("What may have stood behind it"), one.causes),
            text("words", _("What we did"), one.words),
            day("due_on", _("When we look again"), one.due_on),
        )
