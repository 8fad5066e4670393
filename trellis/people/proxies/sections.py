"""What this room gives to a client's own copy."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, instant, several, text
from trellis.people.proxies import presenters, queries


def proxies(client: Client) -> Iterable[Entry]:
    for row in queries.accesses().filter(client=client).order_by("id"):
        end = getattr(row, "end", None)
        yield (
            text("name", _("Name"), row.name),
            text("basis", _("By what right"), row.basis, presenters.OWN_BASES[row.rule.basis]),
            several("parts", _("What they may do"), row.parts, presenters.own_parts(row.rule.parts)),
            instant("at", _("Since"), row.at),
            *((instant("until", _("Until"), row.until),) if row.until else ()),
            *((instant("ended_at", _("Ended"), end.at),) if end else ()),
        )
