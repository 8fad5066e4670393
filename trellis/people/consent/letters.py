"""What leaves: a letter that says who it is for, or a line about what was said or handed over."""

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.consent import contents, paper, presenters, queries
from trellis.people.consent import people_words as words
from trellis.people.consent.actions.gate import Content, Make, Released, Wanted
from trellis.people.consent.paper import NOTICE, SHORT_NOTICE, Section
from trellis.people.consent.rules import Decision


def writer(client: Client, wanted: Wanted, zone: tzinfo) -> Make:
    """Writes what may go and nothing else, with the notice and the scope of the consent where they must go along."""

    def make(decision: Decision) -> Content:
        told = decision.information
        parts = (
            *contents.written(client, told), *contents.beside(client, told), *_going_along(client, decision, zone),
        )  # fmt: skip
        text = paper.text_of(" ".join(wanted.recipient.name.split()), parts)
        return Content(_("Letter: %(what)s") % {"what": words.information(decision.information)}, text, parts)

    return make


def spoken(line: str) -> Make:
    """Something said or handed over: its words are the line that whoever did it wrote."""
    return lambda decision: Content(line, line)


def page(client: Client, released: Released, zone: tzinfo) -> dict[str, Any]:
    """What the letter's page prints: the words that were released."""
    row = released.disclosure
    return {
        "client": client, "told": presenters.told(row), "program": program.current().program,
        "day": date_format(row.at.astimezone(zone), "DATE_FORMAT"), "parts": released.content.sections,
    }  # fmt: skip


def _going_along(client: Client, decision: Decision, zone: tzinfo) -> Iterable[Section]:
    """The statement of 2.32(a) and a clear statement of the consent's scope (2.32(b))."""
    if not decision.notice:
        return []
    held = next(one for one in queries.known(client).held if decision.ground == f"consent:{one.row.public_id}")
    scope = paper.scope(presenters.terms_of(held), zone)
    return [Section(_("What the consent covers"), scope), Section(_("Notice"), NOTICE)]


__all__ = ["NOTICE", "SHORT_NOTICE", "page", "spoken", "writer"]
