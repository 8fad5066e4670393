"""What the page says of a message that was set aside: never its words, nor where it was to go."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.foundation.program.queries import zone
from trellis.people.clients.models import Client

#: why it stays here, and what to do
SENTENCES: dict[str, "Promise | str"] = {
    Why.TRIES: gettext_lazy("The mail server did not take it. Check the address, or call them."),
    Why.WITHHELD: gettext_lazy("Nobody here could say that it may go. Tell whoever keeps Trellis running."),
    Why.CONSENT: gettext_lazy("No consent that is in force names whoever would read it. Ask the client first."),
    Why.NOT_THIS_WAY: gettext_lazy("The person no longer wants to be reached this way. Look how they want it now."),
    Why.ONE_WAY: gettext_lazy("The client asked for one way only. Read which, and reach them that way."),
    Why.DIED: gettext_lazy("The person it was for has died. It does not go."),
    Why.OVER: gettext_lazy("What it leads to is over: a link that was used, or a sign-in that was closed."),
    Why.REVEALS: gettext_lazy("Its words say too much. Tell whoever keeps Trellis running."),
    Why.NO_SENDER: gettext_lazy("Nothing here can send text messages. Call them."),
    Why.UNSURE: gettext_lazy("It may or may not have gone out. Ask them before you send it again."),
}


@dataclass(frozen=True)
class Row:
    public_id: str
    title: "Promise | str"
    detail: str
    why: "Promise | str"
    #: the page of the client it is about, where it is about one
    href: str = ""


def row(message: Message, clients: dict[str, Client]) -> Row:
    when = date_format(message.created_at.astimezone(zone()), "DATETIME_FORMAT")
    title, why = kinds.kind_of(message.kind).title, SENTENCES[message.parked_why]
    client = clients.get(message.about)
    if client is None:
        return Row(message.public_id, title, _("Written %(when)s") % {"when": when}, why)
    detail = _("About %(name)s, written %(when)s") % {"name": client.chosen_name, "when": when}
    return Row(message.public_id, title, detail, why, reverse("clients:client", args=[client.public_id]))


def heading(number: int) -> str:
    if not number:
        return _("No message was set aside")
    words = ngettext("One message was set aside", "%(number)d messages were set aside", number)
    return words % {"number": number}


def need(number: int) -> str:
    words = ngettext("One message did not go out.", "%(number)d messages did not go out.", number)
    return words % {"number": number}
