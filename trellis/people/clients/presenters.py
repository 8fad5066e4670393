"""What pages print about clients."""

from collections.abc import Collection, Iterable
from datetime import date
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from trellis.people.clients import rules
from trellis.people.clients.models import Client
from trellis.ui.addresses import address

#: what the client's page offers, to whoever may
VERBS = ("change_name", "change_contact", "open_legal_name", "assign", "see_kept_out", "step_back", "watch")


def rows(clients: Iterable[Client], present: Collection[int] | None = None) -> SafeString:
    """The list of clients, drawn by hand while somebody types: a template takes five times as long for each line.

    `present`: who is in the program now, where not all of them are; each line then says so.
    """
    # A client's page lies under the list's own address: looked up once, not once a row.
    base = address("clients:find")
    here = f'<div class="row-state"><span class="chip chip-leaf">{escape(gettext("In the program"))}</span></div>'
    gone = f'<div class="row-state"><span class="chip chip-plain">{escape(gettext("Not now"))}</span></div>'

    def row(one: Client) -> str:
        pronouns = f'<p class="row-detail">{escape(one.pronouns)}</p>' if one.pronouns else ""
        state = "" if present is None else here if one.pk in present else gone
        return (
            f'<li class="row"><span class="initials" aria-hidden="true">{escape(one.initials)}</span>'
            f'<div class="row-body"><p class="row-title"><a href="{base}{one.public_id}/">{escape(one.chosen_name)}</a>'
            f"</p>{pronouns}</div>{state}</li>"
        )

    return SafeString("".join(map(row, clients)))


def age(client: Client, today: date) -> int | None:
    return rules.age_on(client.born_on, today) if client.born_on else None
